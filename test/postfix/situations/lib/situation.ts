import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { hasSince, type PostfixVersion, parsePostfixVersion } from "@postmaster/core/reference/postfix-version.ts";
import { parse } from "yaml";
import type { Zone } from "../../../proof/lib/dns-server.ts";
import type { SmtpLines } from "../../../proof/lib/smtp-client.ts";
import type { SmtpScript } from "../../../proof/lib/smtp-sink.ts";
import type { MilterScript } from "./milter-server.ts";

export type Service = "smtp" | "submission" | "smtps" | "postscreen" | "extra";

/** One thing that happens, in the order of the file. */
export type Step =
  | ConversationStep
  | { readonly run: readonly [string, ...string[]]; readonly input?: string }
  | StartStep
  | AwaitStep;

/** A client talks to the server: `mail` says what it sends, in the usual words, or `say` says every word. */
export interface ConversationStep {
  readonly mail?: Mail;
  readonly say?: SmtpLines;
  /** The service; `smtp` if not said. */
  readonly via?: Service;
  /** The client's address; a stranger's if not said. */
  readonly client?: string;
  /** How the last answer begins; null: there is none, for the service cannot start or hangs up. Not said: it does not matter. */
  readonly reply?: string | null;
}

/** What is not said is as usual: a stranger writes to anna@example.com, and stops before DATA unless there is a text. */
export interface Mail {
  readonly helo?: string;
  readonly sender?: string;
  readonly to?: string | readonly string[];
  readonly text?: readonly string[];
}

/**
 * A program of others is started, such as a milter, and runs until the situation is over; what it says to syslog stands in the log.
 * With `socket`, the next step waits until it listens at that path or port. With `at`, it is started anew for each that connects to that
 * port, as Postfix's spawn(8) does it.
 */
export interface StartStep {
  readonly start: readonly [string, ...string[]];
  readonly socket?: string | number;
  readonly at?: "policy" | "milter";
}

/** Wait for a line of the log that holds this. */
interface AwaitStep {
  readonly await: string;
}

/** A file of `cases/`: how a real Postfix is set up, what happens to it, and what its log then has to hold. */
export interface Situation {
  /** The file's name without `.yaml`. */
  readonly id: string;
  /** One sentence. */
  readonly about: string;
  /** Lines of main.cf and services of master.cf, instead of or beside the common ones of `base/`. */
  readonly "main.cf"?: string;
  readonly "master.cf"?: string;
  /** Further files of the configuration directory, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** What the DNS knows beside the names of every situation. */
  readonly dns?: Zone;
  /** Another mail server, on port `@remote@`, and how it answers where it does not simply agree. */
  readonly remote?: SmtpScript;
  /** That server offers STARTTLS, with a certificate that nobody signed. */
  readonly "remote-tls"?: boolean;
  /** A milter on port `@milter@`. */
  readonly milter?: MilterScript;
  /** A policy server on port `@policy@` that always gives this answer. */
  readonly policy?: string;
  readonly steps: readonly Step[];
  /** The ids of the catalogue's entries that explain what is then in the log: these and no others. */
  readonly expect: readonly string[];
  /** What a line is the consequence of in the end: a part of the one's text, and of the other's. */
  readonly causes?: Readonly<Record<string, string>>;
  /** What is otherwise from a release on, such as `"3.9"`, by that release; the newest that the installed one has come to counts over the others. */
  readonly since?: Readonly<Record<string, Partial<Situation>>>;
  /** The last release in which it comes about, such as `"3.9"`. */
  readonly until?: string;
}

const CASES = fileURLToPath(new URL("../cases", import.meta.url));
const KEYS = new Set(
  "about main.cf master.cf files dns remote remote-tls milter policy steps expect causes since until".split(" "),
);

/** All situations, by id. @throws if a file is not well-formed. */
export async function readSituations(): Promise<readonly Situation[]> {
  const names = (await readdir(CASES)).filter((name) => name.endsWith(".yaml")).toSorted();
  return Promise.all(names.map(readSituation));
}

/** Those that come about in this release of Postfix, such as `3.10.13`, as they do in it. */
export function situationsIn(release: string, all: readonly Situation[]): readonly Situation[] {
  const version = parsePostfixVersion(release);
  if (version === null) throw new Error(`${release} is no release of Postfix`);
  return all
    .filter(({ until }) => until === undefined || !isPast(version, until))
    .map((one) =>
      Object.entries(one.since ?? {})
        .filter(([since]) => hasSince(version, since))
        .reduce((situation, [, change]) => ({ ...situation, ...change }), one),
    );
}

/** Whether a release is of a later series than `3.9`. */
function isPast({ major, minor }: PostfixVersion, series: string): boolean {
  const last = parsePostfixVersion(series);
  if (last === null) throw new Error(`${series} is no release of Postfix`);
  return major > last.major || (major === last.major && minor > last.minor);
}

async function readSituation(name: string): Promise<Situation> {
  const data: unknown = parse(await readFile(path.join(CASES, name), "utf8"));
  if (typeof data !== "object" || data === null) throw new Error(`${name} is no mapping`);
  const strange = Object.keys(data).filter((key) => !KEYS.has(key));
  if (strange.length > 0) throw new Error(`${name}: nobody knows ${strange.join(", ")}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own data; what is missing is said below
  const { about, steps, expect, ...rest } = data as Partial<Situation>;
  if (about === undefined || steps === undefined || expect === undefined) {
    throw new Error(`${name} must have about, steps and expect`);
  }
  return { ...rest, id: path.basename(name, ".yaml"), about, steps, expect };
}
