import { readdir, readFile } from "node:fs/promises";
import { parse } from "yaml";
import type { SmtpScript } from "../../../proof/lib/smtp-sink.ts";

/** A file of `../amavis`: how a real Amavis is set up, what it is sent, and which of its entries must explain what it then logs. */
export interface AmavisSituation {
  readonly what: string;
  /** Lines of Perl for its configuration. */
  readonly settings?: string;
  /** What the server answers that it hands mails back to. */
  readonly next?: SmtpScript;
  readonly mails: readonly AmavisMail[];
  /** Ids of Amavis's entries, these and no others. */
  readonly expect: readonly string[];
}

export interface AmavisMail {
  readonly subject: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  /** The address it is sent from. 127.0.0.1 if not given. */
  readonly from?: string;
  /** The code of the last reply, or that there is none. 250 if not given. */
  readonly reply?: number | "hang up";
}

const FOLDER = new URL("../amavis/", import.meta.url);

export async function readAmavisSituations(): Promise<readonly AmavisSituation[]> {
  const names = (await readdir(FOLDER)).toSorted();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- files of ours; what they hold is played
  const read = async (name: string) => parse(await readFile(new URL(name, FOLDER), "utf8")) as AmavisSituation;
  return Promise.all(names.map(read));
}
