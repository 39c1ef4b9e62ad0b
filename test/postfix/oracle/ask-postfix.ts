import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { OracleCase } from "./cases.ts";
import { programsOf } from "./master-arguments.ts";
import { inParallel, type ScratchPostfix } from "./scratch-postfix.ts";
import { isAboutConfiguration, postfixWords } from "./words.ts";

const execute = promisify(execFile);

const SESSION = [
  "EHLO client.example",
  "MAIL FROM:<anna@sender.example>",
  "RCPT TO:<bert@live.example>",
  "RCPT TO:<carl@elsewhere.example>",
  "QUIT",
  "",
].join("\r\n");

/** What every configuration sets, unless the case sets it. The session is written down before it is held, which is no offence here. */
const BASE = `compatibility_level = 3.6
myhostname = live.example
mynetworks = 127.0.0.2/32
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
local_recipient_maps =
virtual_mailbox_base = /var/mail
smtpd_forbid_unauth_pipelining = no
`;

const STOCK_MASTER = `smtp inet n - n - - smtpd
smtp unix - - n - - smtp
local unix - n n - - local
virtual unix - n n - - virtual
`;

/** A case as files in a folder of its own, and what Postfix says of it. */
export interface Asked {
  readonly one: OracleCase;
  readonly directory: string;
  readonly files: Readonly<Record<string, string>>;
  readonly said: ReadonlySet<string>;
}

/** Writes the cases down and asks postconf(1), postmap(1) and the daemons. Most of the time they sleep, so it is done side by side. */
export async function askPostfix(postfix: ScratchPostfix, cases: readonly OracleCase[]): Promise<readonly Asked[]> {
  const lines = new Map<string, string[]>();
  const written = cases.map((one, index) => {
    const tag = `case${index}`;
    const directory = path.join(postfix.folder, tag);
    const files = filesOf(one, directory, postfix.settings(tag, one.daemons));
    mkdirSync(directory);
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(directory, name), text);
    lines.set(tag, []);
    return { one, tag, directory, files };
  });
  const jobs = written.flatMap(({ one, tag, directory }) => {
    const hear = (text: string): void => {
      lines.get(tag)?.push(...text.split("\n"));
    };
    const daemons = one.daemons.map((program) => () => {
      const session = one.talks && program === "smtpd" ? { session: SESSION } : {};
      return postfix.run(program, directory, session);
    });
    const services = programsOf(one.master ?? "").map(
      ({ program, words }) =>
        () =>
          postfix.run(program, directory, { words }),
    );
    const aliases =
      one.others["aliases"] === undefined
        ? []
        : [async () => hear(await complaints("postalias", ["-c", directory, `lmdb:${directory}/aliases`]))];
    return [async () => hear(await complaints(...commandFor(one, directory))), ...aliases, ...daemons, ...services];
  });
  await inParallel(jobs);
  const logged = await postfix.said();
  return written.map(({ one, tag, directory, files }) => ({
    one,
    directory,
    files,
    said: new Set(
      [...(lines.get(tag) ?? []), ...(logged.get(tag) ?? []).filter(isComplaint)]
        .map(postfixWords)
        .filter(isAboutConfiguration),
    ),
  }));
}

/** The case's own lines behind those of the base that it does not set. */
function filesOf(one: OracleCase, directory: string, settings: string): Readonly<Record<string, string>> {
  const own = new Set(one.main.split("\n").map((line) => line.split("=", 1)[0]?.trim()));
  const base = `${BASE}${settings}`.split("\n").filter((line) => !own.has(line.split("=", 1)[0]?.trim()));
  const main =
    one.table === null
      ? one.main.replaceAll("/etc/postfix/", `${directory}/`)
      : `virtual_alias_maps = ${one.table.type}:${directory}/virtual\n`;
  return {
    // The case first: a first line that is indented must stay the first.
    "main.cf": `${main}${main.endsWith("\n") ? "" : "\n"}${base.join("\n")}\n`,
    "master.cf": one.master ?? STOCK_MASTER,
    ...(one.table === null ? {} : { virtual: one.table.text }),
    ...Object.fromEntries(Object.entries(one.others).filter(([name]) => name !== "master.cf")),
  };
}

/** postmap(1) makes an index of the tables it can, and looks into the others. */
function commandFor({ table }: OracleCase, directory: string): readonly [string, readonly string[]] {
  if (table === null) return ["postconf", ["-c", directory, "-n"]];
  const spec = `${table.type}:${directory}/virtual`;
  return ["postmap", table.type === "lmdb" ? [spec] : ["-q", "10.1.2.3", spec]];
}

async function complaints(command: string, args: readonly string[]): Promise<string> {
  return execute(command, [...args]).then(
    ({ stderr }) => stderr,
    (failure: unknown) =>
      typeof failure === "object" && failure !== null && "stderr" in failure ? String(failure.stderr) : "",
  );
}

function isComplaint(line: string): boolean {
  return /^(?:warning|error|fatal|panic): /.test(line);
}
