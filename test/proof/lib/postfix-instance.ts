import { chown, copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { eventually } from "../../eventually.ts";
import { type LogFile, logFile } from "./log-file.ts";
import { runProgram } from "./run-program.ts";
import { writeCold } from "./write-cold.ts";

/** One Postfix on loopback, in a folder of its own. The system's own configuration is neither read nor touched. */
export interface PostfixInstance extends AsyncDisposable {
  /** Of main.cf. */
  readonly directory: string;
  readonly log: LogFile;
  /** Replace the whole configuration, index its tables, and make the running Postfix (or a new one) use it, or leave it to its old one. */
  load(files: ReadonlyMap<string, string>, then: "reload" | "keep running"): Promise<void>;
  reload(): Promise<void>;
  restart(): Promise<void>;
  /** Throw away mail that waits for another try. */
  emptyQueue(): Promise<void>;
  /** Environment that makes Postfix's commands mean this instance. */
  readonly environment: Readonly<Record<string, string>>;
}

const INDEXED_TABLE = /\b(lmdb|hash|btree|cdb):(?:\$config_directory|\$\{config_directory\})?(\/[\w./-]+)/g;

/** @param resolver the address of the only name server that its chrooted services ask. */
export async function createPostfix(scratch: string, resolver: string): Promise<PostfixInstance> {
  const directory = path.join(scratch, "etc");
  const environment = { MAIL_CONFIG: directory };
  const log = logFile(path.join(scratch, "log", "mail.log"));
  let isRunning = false;

  await letLogMessagesQueue();
  for (const name of ["log", "queue", "data", "queue/etc"]) await mkdir(path.join(scratch, name), { recursive: true });
  const owner = Number((await runProgram("id", ["-u", "postfix"])).trim());
  await chown(path.join(scratch, "data"), owner, 0);

  const postfix = (verb: string): Promise<string> => runProgram("postfix", ["-c", directory, verb]);
  const start = async (): Promise<void> => {
    await postfix("start");
    await layChroot(path.join(scratch, "queue/etc"), resolver);
  };

  async function reload(): Promise<void> {
    await log.mark();
    const before = await children(scratch);
    await layChroot(path.join(scratch, "queue/etc"), resolver);
    await postfix("reload");
    await log.line(["/master[", ": reload -- version"]);
    // An idle process that has not noticed yet would serve the next client by the old configuration.
    let left: readonly string[] = [];
    await eventually(
      "the end of the idle processes",
      async () => {
        const now = await children(scratch);
        left = before.filter((one) => now.includes(one));
        return left.length === 0;
      },
      { instead: () => left },
    );
  }

  return {
    directory,
    log,
    environment,
    reload,
    async load(files, then) {
      await mkdir(directory, { recursive: true });
      const stale = (await readdir(directory)).filter((name) => !files.has(name));
      // A daemon that is just starting reads these files: main.cf comes last and is never absent.
      const last = ["master.cf", "main.cf"];
      for (const name of [...[...files.keys()].filter((one) => !last.includes(one)), ...last]) {
        await writeCold(path.join(directory, name), files.get(name) ?? "");
      }
      if (then === "keep running") return;
      for (const table of indexedTables(files, directory)) await runProgram("postmap", ["-c", directory, table]);
      if (isRunning) await reload();
      for (const name of stale.filter((one) => !isIndexOf(one, files))) await rm(path.join(directory, name));
      if (isRunning) return;
      await start();
      isRunning = true;
      await log.line(["/master[", "daemon started"]);
    },
    async restart() {
      await postfix("stop");
      await eventually("Postfix to stop", async () => !(await isUp(directory)));
      await log.mark();
      await start();
      await log.line(["/master[", "daemon started"]);
    },
    async emptyQueue() {
      const waiting = await readdir(path.join(scratch, "queue/deferred"), { recursive: true, withFileTypes: true });
      // postsuper(1) takes seconds even where there is nothing to do.
      if (waiting.some((one) => one.isFile())) await runProgram("postsuper", ["-c", directory, "-d", "ALL"]);
    },
    async [Symbol.asyncDispose]() {
      if (isRunning) await postfix("stop");
      isRunning = false;
    },
  };
}

/** What chrooted services see of /etc. From Debian 13 on `postfix start` and `postfix check` copy the machine's own files over it. */
async function layChroot(etc: string, resolver: string): Promise<void> {
  for (const name of await readdir(etc)) await rm(path.join(etc, name), { recursive: true });
  await writeFile(path.join(etc, "resolv.conf"), `nameserver ${resolver}\noptions timeout:2 attempts:1\n`);
  await copyFile("/etc/services", path.join(etc, "services"));
}

/**
 * At a reload master(8) and the leaving daemons write to postlogd(8) while it is not there; master starts it again, unless it waits itself for room
 * in that socket: then all stand still for ever. Room for 10 messages is the kernel's default; systemd makes it 512 on every Debian it starts.
 */
async function letLogMessagesQueue(): Promise<void> {
  const limit = "/proc/sys/net/unix/max_dgram_qlen";
  // Where it cannot be changed the run goes on: it is rare for so many to write at once.
  if (Number(await readFile(limit, "utf8")) < 512) await writeFile(limit, "512").catch(() => null);
}

/** The daemons that master(8) runs now: name and process id. */
async function children(scratch: string): Promise<readonly string[]> {
  const master = (await readFile(path.join(scratch, "queue/pid/master.pid"), "utf8")).trim();
  const ids = (await readFile(`/proc/${master}/task/${master}/children`, "utf8")).split(" ").filter((id) => id !== "");
  return Promise.all(
    ids.map(async (id) => `${(await readFile(`/proc/${id}/comm`, "utf8").catch(() => "")).trim()} ${id}`),
  );
}

/** What postmap(1) made of a table. */
function isIndexOf(name: string, files: ReadonlyMap<string, string>): boolean {
  return files.has(name.replace(/\.(lmdb|db|cdb)$/, ""));
}

async function isUp(directory: string): Promise<boolean> {
  return runProgram("postfix", ["-c", directory, "status"]).then(
    () => true,
    () => false,
  );
}

function indexedTables(files: ReadonlyMap<string, string>, directory: string): ReadonlySet<string> {
  const tables = new Set<string>();
  for (const name of ["main.cf", "master.cf"]) {
    for (const [, type = "", file = ""] of (files.get(name) ?? "").matchAll(INDEXED_TABLE)) {
      tables.add(`${type}:${file.startsWith(directory) ? file : directory + file}`);
    }
  }
  return tables;
}
