import { spawn } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { eventually } from "../../eventually.ts";
import { baseFile } from "./case-files.ts";
import { type LogFile, logFile } from "./log-file.ts";
import { proofEnvironment, runProgram } from "./run-program.ts";

/** One Dovecot on loopback, in a folder of its own: for logins to Postfix, and for what a case asks of it. */
export interface DovecotInstance extends AsyncDisposable {
  /** The folder of its dovecot.conf. */
  readonly directory: string;
  readonly log: LogFile;
  /** Run with this configuration; nothing happens if it does already and its file is as it was. */
  use(text: string): Promise<void>;
  /** Read the file anew. */
  restart(): Promise<void>;
}

export async function createDovecot(scratch: string): Promise<DovecotInstance> {
  const directory = path.join(scratch, "dovecot");
  const file = path.join(directory, "dovecot.conf");
  const log = logFile(path.join(scratch, "log", "dovecot.log"));
  let running: string | null = null;
  for (const name of ["run", "state", "mail"]) await mkdir(path.join(directory, name), { recursive: true });
  await chmod(path.join(directory, "mail"), 0o777);
  await mkdir(path.dirname(log.path), { recursive: true });
  await writeFile(path.join(directory, "users"), await baseFile("users"));

  async function stop(): Promise<void> {
    if (running === null) return;
    running = null;
    const pid = Number(await readFile(path.join(directory, "run/master.pid"), "utf8"));
    await runProgram("doveadm", ["-c", file, "stop"]);
    await eventually("Dovecot to stop", () => !isAlive(pid));
  }

  async function start(): Promise<void> {
    await log.mark();
    spawn("dovecot", ["-c", file], { env: proofEnvironment(), stdio: "ignore" });
    await log.line(["starting up"]);
    running = await readFile(file, "utf8");
  }

  return {
    directory,
    log,
    async use(text) {
      const present = await readFile(file, "utf8").catch(() => null);
      if (running === text && present === text) return;
      await stop();
      await writeFile(file, text);
      await start();
    },
    async restart() {
      await stop();
      await start();
    },
    [Symbol.asyncDispose]: stop,
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
