import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { eventually } from "../../../eventually.ts";
import { fillPlaces, type Places } from "../../../proof/lib/case-files.ts";
import { type LineSession, openLineSession } from "../../../proof/lib/line-session.ts";
import { type LogFile, logFile } from "../../../proof/lib/log-file.ts";
import { proofEnvironment, runProgram } from "../../../proof/lib/run-program.ts";
import { createScratch, freePorts } from "../../../proof/lib/scratch.ts";
import type { DovecotSituation, DovecotStep, TalkStep } from "./dovecot-situation.ts";
import { runWithInput } from "./run-with-input.ts";

export type DovecotRelease = "2.3" | "2.4";

/** What every situation starts from, and the databases of users where it brings none of its own. */
const COMMON: Readonly<Record<DovecotRelease, string>> = {
  "2.3": `protocols = imap pop3
ssl = no
disable_plaintext_auth = no
mail_location = maildir:@dir@/dovecot/mail/%u
`,
  "2.4": `dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
protocols = imap pop3
ssl = no
auth_allow_cleartext = yes
mail_driver = maildir
mail_path = @dir@/dovecot/mail/%{user}
`,
};
/** How long a line may take to be in the log, in milliseconds. */
const PATIENCE = 15_000;
/** What is printed before there is a log stands in the journal so. */
const UNDER_SYSTEMD = "Nov 28 12:00:00 mail dovecot[1]: ";
const PLACES = `base_dir = @dir@/dovecot/run
state_dir = @dir@/dovecot/state
log_path = @dir@/log/dovecot.log
listen = 127.0.0.1
first_valid_uid = 1
auth_failure_delay = 0
login_trusted_networks =
service imap-login {
  inet_listener imap {
    port = @imap@
  }
  inet_listener imaps {
    port = 0
  }
}
service pop3-login {
  inet_listener pop3 {
    port = @pop@
  }
  inet_listener pop3s {
    port = 0
  }
}
`;
const PASSWORDS: Readonly<Record<DovecotRelease, string>> = {
  "2.3": "passdb {\n  driver = passwd-file\n  args = scheme=plain @dir@/dovecot/users\n}\n",
  "2.4": "passdb passwd-file {\n  passwd_file_path = @dir@/dovecot/users\n  default_password_scheme = plain\n}\n",
};
const USERS: Readonly<Record<DovecotRelease, string>> = {
  "2.3": "userdb {\n  driver = static\n  args = uid=nobody gid=nogroup home=@dir@/dovecot/home/%u\n}\n",
  "2.4":
    "userdb static {\n  fields {\n    uid = nobody\n    gid = nogroup\n    home = @dir@/dovecot/home/%{user}\n  }\n}\n",
};

/** Play a situation on a Dovecot of its own. @returns the lines that it logged, once `isWhole` finds them so. */
export async function playDovecot(
  situation: DovecotSituation,
  release: DovecotRelease,
  isWhole: (lines: readonly string[]) => boolean,
): Promise<readonly string[]> {
  await using scratch = await createScratch();
  const [imap = 0, pop = 0, extra = 0, closed = 0] = await freePorts(4);
  const places: Places = { dir: scratch.directory, imap, pop, extra, closed };
  const folder = await scratch.folder("dovecot");
  for (const name of ["run", "state", "mail", "home"]) await chmod(await scratch.folder("dovecot", name), 0o777);
  await scratch.folder("log");
  await writeFile(path.join(folder, "users"), "anna@example.com:secret\n");
  for (const [name, text] of Object.entries(situation.files ?? {})) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, fillPlaces(text, places));
    if (name.startsWith("mail/")) await runProgram("chown", ["-R", "nobody:nogroup", path.join(folder, "mail")]);
  }
  const file = path.join(folder, "dovecot.conf");
  await writeFile(file, fillPlaces(settingsOf(situation, release), places));

  const log = logFile(path.join(scratch.directory, "log", "dovecot.log"));
  using held = new DisposableStack();
  const child = spawn("dovecot", ["-F", "-c", file], { env: proofEnvironment(), stdio: ["ignore", "ignore", "pipe"] });
  let printed = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  try {
    await eventually(
      "Dovecot to start, or to give up",
      async () => hasEnded(child) || (await log.text()).includes("starting up"),
    );
    for (const step of situation.steps ?? []) {
      await take(step, places, log, held).catch(async (error: unknown) => {
        throw new Error(`${String(error)} after ${JSON.stringify(step)}\n${await log.text()}`);
      });
    }
    let lines: readonly string[] = [];
    return await eventually(
      "what it logs",
      async () => {
        const own = `${printed.replaceAll(/^(?=.)/gm, UNDER_SYSTEMD)}${await log.text()}`;
        lines = own.split("\n").filter((line) => line !== "");
        return isWhole(lines) ? lines : null;
      },
      { within: PATIENCE, instead: () => `\n${lines.join("\n")}` },
    );
  } finally {
    child.kill();
    await eventually("Dovecot to stop", () => hasEnded(child));
  }
}

function settingsOf(situation: DovecotSituation, release: DovecotRelease): string {
  const own = situation[release] ?? "";
  const passwords = /^passdb/m.test(own) ? "" : PASSWORDS[release];
  const users = /^userdb/m.test(own) ? "" : USERS[release];
  return `${COMMON[release]}${PLACES}${passwords}${users}${own}`;
}

async function take(step: DovecotStep, places: Places, log: LogFile, held: DisposableStack): Promise<void> {
  if ("await" in step) await log.line([step.await]);
  else if ("run" in step) {
    const [program, ...words] = step.run.map((word) => fillPlaces(word, places));
    await runWithInput(program ?? "", words, fillPlaces(step.input ?? "", places), {});
  } else {
    const session = await talk(step, Number(places[step.to]));
    if (step.stays === true) held.use(session);
    else session[Symbol.dispose]();
  }
}

async function talk({ from = "127.0.0.1", send, reply }: TalkStep, port: number): Promise<LineSession> {
  const session = await openLineSession({ from, to: "127.0.0.1", port });
  for (const line of send) session.send(line);
  for (;;) {
    const line = await session.read().catch((error: unknown) => {
      if (reply === null) return null;
      throw error;
    });
    if (line === null || (reply !== null && line.includes(reply))) return session;
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
