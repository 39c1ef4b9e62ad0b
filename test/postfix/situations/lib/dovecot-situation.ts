import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";

/** A file of `../dovecot`: how a real Dovecot is set up, what happens to it, and which entries must explain what it then logs. */
export interface DovecotSituation {
  /** The file's name without `.yaml`. */
  readonly id: string;
  /** One sentence. */
  readonly about: string;
  /** Its settings in the words of Dovecot 2.3, and of 2.4; one that is not given is not played on that release. */
  readonly "2.3"?: string;
  readonly "2.4"?: string;
  /** Further files by their path below the folder of dovecot.conf, as they are when it starts. They belong to the mail user. */
  readonly files?: Readonly<Record<string, string>>;
  readonly steps?: readonly DovecotStep[];
  /** One sentence: why 2.4 cannot be brought into it. */
  readonly gone?: string;
  /** Ids of entries, these and no others. */
  readonly expect: readonly string[];
  /** The same from a release on that has other words for it. */
  readonly since?: Readonly<Record<string, readonly string[]>>;
  /** What the entries advise, done. */
  readonly mended?: MendedDovecot;
}

/** Settings in the place of the situation's, and what then stands in the log in the place of what it expects. */
export interface MendedDovecot {
  readonly "2.3": string;
  readonly "2.4": string;
  readonly files?: Readonly<Record<string, string>>;
  readonly steps?: readonly DovecotStep[];
  /** A text of a line. */
  readonly until: string;
}

export type DovecotStep = TalkStep | RunStep | { readonly await: string };

/** A client connects to a listener, sends all its lines, and reads until a line holds `reply`; null: until it is hung up on. */
export interface TalkStep {
  readonly to: "imap" | "pop" | "extra";
  readonly from?: string;
  readonly send: readonly string[];
  readonly reply: string | null;
  /** It stays connected to the end. */
  readonly stays?: boolean;
}

/** A program is run to its end, whatever it answers. */
export interface RunStep {
  readonly run: readonly [string, ...string[]];
  readonly input?: string;
}

const FOLDER = new URL("../dovecot/", import.meta.url);

export async function readDovecotSituations(): Promise<readonly DovecotSituation[]> {
  const names = (await readdir(FOLDER)).toSorted();
  const read = async (name: string): Promise<DovecotSituation> => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- files of ours; what they hold is played
    const data = parse(await readFile(new URL(name, FOLDER), "utf8")) as Omit<DovecotSituation, "id">;
    return { ...data, id: path.basename(name, ".yaml") };
  };
  return Promise.all(names.map(read));
}

/** What a release must say. @param version as `dovecot --version` prints it, such as `2.4.1-4 (7d8c0e5759)` */
export function expectedIn(version: string, { expect, since = {} }: DovecotSituation): readonly string[] {
  const reached = Object.entries(since).filter(([from]) => isSince(version, from));
  return reached.toSorted(([a], [b]) => (isSince(a, b) ? 1 : -1)).at(-1)?.[1] ?? expect;
}

function isSince(version: string, from: string): boolean {
  const numbers = (text: string): readonly number[] => (/^[\d.]+/.exec(text)?.[0] ?? "").split(".").map(Number);
  const [have, want] = [numbers(version), numbers(from)];
  const differs = want.findIndex((part, index) => part !== (have[index] ?? 0));
  return differs === -1 || (have[differs] ?? 0) > (want[differs] ?? 0);
}
