import { execFileSync, spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readIfThere } from "./read-if-there.ts";

/** A stranger's folder that tries to have files outside of it read and a program of its own run, and what tells whether it succeeded. */
export interface HostileWorkspace {
  /** Absolute path of the folder to open: `mail.log`, `postfix/main.cf`, workspace settings. */
  readonly folder: string;
  /** Absolute path of a folder beside it that has nothing to do with it. */
  readonly outside: string;
  /** A directory of Postfix's programs for the machine's own setting: they are the real ones, and what they are asked is noted. */
  readonly commandDirectory: string;
  /** What the folder's own program was run with; empty if it never was. */
  ranOwnProgram(): Promise<string>;
  /** What the machine's programs were run with, a line each; empty if none was. */
  ranPostfix(): Promise<string>;
  /** Whether anybody has opened a file outside for reading. */
  readOutside(): boolean;
  close(): Promise<void>;
}

/** Where the real programs may be. */
const REAL = "PATH=/usr/sbin:/usr/local/sbin:/sbin:$PATH";

export async function hostileWorkspace(): Promise<HostileWorkspace> {
  const scratch = await mkdtemp(join(tmpdir(), "postmaster-hostile-"));
  const at = (...parts: readonly string[]): string => join(scratch, ...parts);
  for (const name of ["folder/.vscode", "folder/bin", "folder/postfix", "outside", "machine"])
    await mkdir(at(name), { recursive: true });

  for (const program of ["postconf", "postfix", "postmap"]) {
    await script(at("folder", "bin", program), `echo "${program} $*" >> ${quoted(at("own"))}`);
    await script(
      at("machine", program),
      `echo "${program} $*" >> ${quoted(at("postfix"))}; ${REAL} exec ${program} "$@"`,
    );
  }
  const settings = {
    "postmaster.postfixCommandDirectory": at("folder", "bin"),
    "postmaster.configDirectory": "/etc/postfix",
    "postmaster.dovecotConfig": at("outside"),
  };
  await writeFile(at("folder", ".vscode", "settings.json"), JSON.stringify(settings));
  await writeFile(at("folder", "postfix", "main.cf"), mainCf(at("outside")));
  await writeFile(at("folder", "mail.log"), LOG);
  await symlink(at("outside"), at("folder", "postfix", "link"));
  await writeFile(at("outside", "senders"), "stranger.example REJECT\nother.example OK\n");
  execFileSync("mkfifo", [at("outside", "pipe")]);
  // Opening a pipe for writing ends when somebody opens it for reading, and not before.
  const trap = spawn("sh", ["-c", ': > "$1"', "sh", at("outside", "pipe")], { stdio: "ignore" });
  const sprung = new Promise<void>((resolve) => {
    trap.once("exit", () => resolve());
  });

  return {
    folder: at("folder"),
    outside: at("outside"),
    commandDirectory: at("machine"),
    ranOwnProgram: () => readIfThere(at("own")),
    ranPostfix: () => readIfThere(at("postfix")),
    readOutside: () => trap.exitCode !== null || trap.signalCode !== null,
    async close() {
      trap.kill();
      await sprung;
      await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** One mistake in the file itself; the rest leads out of the folder. */
function mainCf(outside: string): string {
  return `myhostname = mail.example.com
smtpd_bnner = hello
smtpd_sender_restrictions = check_sender_access texthash:\${config_directory}/link/senders
smtpd_client_restrictions = check_client_access texthash:${outside}/senders
smtpd_helo_restrictions =
  check_helo_access texthash:\${config_directory}/link/pipe
  check_helo_access texthash:\${config_directory}/../../outside/pipe
  check_helo_access texthash:${outside}/pipe
  check_helo_access texthash:/etc/postfix/../../etc/shadow
`;
}

const LOG =
  "Nov 22 10:00:01 mail postfix/smtpd[7]: NOQUEUE: reject: RCPT from a.example[192.0.2.1]: 504 5.5.2 <OFFICEPC7>: Helo command rejected: need fully-qualified hostname; from=<s@a.example> to=<u@example.com> proto=ESMTP helo=<OFFICEPC7>\n";

async function script(path: string, body: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}
