import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { hasSince, parsePostfixVersion } from "@postmaster/core/reference/postfix-version.ts";
import type { Zone } from "./dns-server.ts";
import type { Accounts } from "./policy/answer.ts";
import type { SmtpLines } from "./smtp-client.ts";
import type { SmtpScript } from "./smtp-sink.ts";

/** What makes the server write the line in question. */
export type Provocation = SessionProvocation | ProgramProvocation;

/** Somebody talks to the server. */
export interface SessionProvocation {
  readonly via: "smtp" | "submission" | "imap" | "pop3";
  /** An address of 127.0.0.0/8; 127.0.0.1 is the server itself. */
  readonly from: string;
  readonly say: SmtpLines;
  /** How the answer to the last thing said begins. Null: nobody answers, for the service cannot start. */
  readonly reply: string | null;
}

/** A program of Postfix is run. Of a `program` what it prints is read instead of the log, of a `command` what the servers log. */
export interface ProgramProvocation {
  readonly via: "program" | "command";
  /** Its name and arguments; `@dir@` and the other places are filled in. It reads this instance's configuration by itself. */
  readonly run: readonly [string, ...string[]];
}

/** What the same provocation gives later. */
export interface Aftermath {
  /** How the answer to the last thing said begins then. */
  readonly reply?: string;
  /** Texts that one line of the log then holds. */
  readonly log?: readonly string[];
}

/** Who may come in that could not before; see admission.ts. */
export type Admission =
  | "stranger-to-stranger"
  | "same-client-to-stranger"
  | "stranger-to-local"
  | "own-sender-without-login"
  | "same-words-from-elsewhere";

export interface FixCase {
  /** The id of the fix in its entry, or in its rule. */
  readonly fix: string;
  /** What the offer's title must hold, where an entry offers several of this id. */
  readonly title?: string;
  readonly answers?: Readonly<Record<string, string>>;
  readonly safety: "safe" | "review" | "risky";
  /** Not an edit but commands to copy: the run runs them, or starts this in the place of what they start. */
  readonly runs?: "commands" | "filter";
  readonly then: Aftermath;
  /** The fix changes words and nothing else: what came before comes again. */
  readonly keeps?: true;
  /** The fix must not be offered at all: words of the reason that the light bulb gives instead. */
  readonly withheld?: string;
  /** Whom the fix lets in beside what it is for, exactly. */
  readonly opens?: readonly Admission[];
}

/** Where a rule finds the mistake, in the configuration instead of in the log. */
export interface Finding {
  readonly file: string;
  /** What the line of the finding holds. */
  readonly at: string;
}

/** The data of one case, `case.json`. The other files of its folder are the configuration it starts from. */
export interface ProofCase {
  /** The folder's name: the id of the entry or of the rule, and for a further case of the same a dot and a word. */
  readonly id: string;
  /** The entry's id; the rule's for a case with a finding. */
  readonly entry: string;
  readonly folder: string;
  /** One sentence: the mistake, or what a stranger does. */
  readonly planted: string;
  /** Releases of Postfix (or Dovecot) in which it shows in this way, where that is not all. */
  readonly releases?: string;
  /** What is otherwise from a release on, by that release, such as `Postfix 3.8` or `Dovecot 2.4`. */
  readonly since?: Readonly<Record<string, Partial<ProofCase>>>;
  /** For a case of a rule. */
  readonly finding?: Finding;
  /** Postfix cannot even be told to read this configuration: it lies on disk, and the one before it runs on. */
  readonly unread?: true;
  /** The release that the editor is told, where it is not the one that runs. */
  readonly postfixVersion?: string;
  /** The table types that the editor is told of, where they are not those of the build that runs. */
  readonly tableTypes?: readonly string[];
  /** The editor meets the configuration in a folder of the system's, and so takes it for no copy: it looks at modes and times of its files. */
  readonly installed?: true;
  /** Databases that postmap(1) made an hour before the text got its last change, that nobody made, or that root alone may read. */
  readonly databases?: Readonly<Record<string, "old" | "missing" | "private">>;
  readonly provoke: Provocation;
  /** What the DNS knows beside the names of every case. */
  readonly dns?: Zone;
  readonly accounts?: Accounts;
  /** Another mail server, on port `@remote@`, and how it answers where it does not simply agree. */
  readonly remote?: SmtpScript;
  /** It offers STARTTLS. */
  readonly remoteTls?: true;
  /** It is on this port of `@filter@` instead. */
  readonly remotePort?: number;
  /** Texts of the line, logged or printed, that shows the mistake; without a finding it carries the entry. */
  readonly log: readonly string[];
  /** Texts that the hover over the mistake holds, Markdown escapes removed. */
  readonly hover: readonly string[];
  readonly fixes: readonly FixCase[];
  /** Without any fix: what the next try gives. */
  readonly again?: Aftermath;
}

const CASES = fileURLToPath(new URL("..", import.meta.url));
const NOT_CASES = new Set(["lib", "base"]);
const NO_ACCOUNTS: Accounts = { domains: [], lists: {} };

/** All cases, by id. @throws if a case is not well-formed. */
export async function readCases(): Promise<readonly ProofCase[]> {
  const folders = (await readdir(CASES, { withFileTypes: true })).filter(
    (one) => one.isDirectory() && !NOT_CASES.has(one.name),
  );
  return Promise.all(
    folders
      .map(({ name }) => name)
      .sort()
      .map(readCase),
  );
}

async function readCase(id: string): Promise<ProofCase> {
  const folder = path.join(CASES, id);
  const data: unknown = JSON.parse(await readFile(path.join(folder, "case.json"), "utf8"));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own data; what is missing is said below
  const written = data as Partial<ProofCase>;
  const { planted, provoke, log, hover } = written;
  if (planted === undefined || provoke === undefined || log === undefined || hover === undefined) {
    throw new Error(`${id}/case.json must have planted, provoke, log and hover`);
  }
  const [entry = id] = id.split(".");
  return { fixes: [], ...written, planted, provoke, log, hover, id, entry, folder };
}

/** A case as it goes with the servers that are installed; `versions` are theirs. */
export function caseIn(proofCase: ProofCase, versions: Readonly<Record<"postfix" | "dovecot", string>>): ProofCase {
  const isHere = (since: string): boolean => {
    const [server = "", release = ""] = since.split(" ");
    const installed = parsePostfixVersion(server === "Postfix" ? versions.postfix : versions.dovecot);
    return installed !== null && hasSince(installed, release);
  };
  return Object.entries(proofCase.since ?? {})
    .filter(([since]) => isHere(since))
    .reduce((changed, [, change]) => ({ ...changed, ...change }), proofCase);
}

export function accountsOf(proofCase: ProofCase): Accounts {
  return proofCase.accounts ?? NO_ACCOUNTS;
}
