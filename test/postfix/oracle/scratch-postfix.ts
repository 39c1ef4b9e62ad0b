import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { eventually } from "../../eventually.ts";

const DAEMONS = "/usr/lib/postfix/sbin";

/** The services that a daemon under test asks, and the one that writes the log. */
const MASTER = `postlog unix-dgram n - n - 1 postlogd
rewrite unix - - n - - trivial-rewrite
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
cleanup unix n - n - 0 cleanup
`;

/** A queue and a log of its own below a temporary folder, with a master(8) that keeps the helpers of the daemons under test. */
export interface ScratchPostfix {
  readonly folder: string;
  /**
   * Lines for a main.cf that is to share the log and, unless a master(8) is to run on it, the queue; its data is its own. What it logs
   * carries `tag`.
   */
  settings(tag: string, daemons: readonly string[]): string;
  /** A daemon started by hand, as if for one session on its standard input; settles when it has ended. */
  run(daemon: string, configuration: string, how?: RunWith): Promise<void>;
  /** The words logged under each tag. */
  said(): Promise<ReadonlyMap<string, readonly string[]>>;
  stop(): Promise<void>;
}

/** What a daemon gets on its command line, and the session that it reads, not as root then. */
export interface RunWith {
  readonly words?: readonly string[];
  readonly session?: string;
  /** What it answers. */
  readonly hear?: (text: string) => void;
}

/** master(8) in the foreground, for one second. */
const MASTER_TEST: readonly string[] = ["-d", "-e", "1"];

/** How long a daemon may take: a fatal error sleeps before it ends the program. */
const PATIENCE = 8000;

export async function startScratchPostfix(): Promise<ScratchPostfix> {
  const folder = mkdtempSync(path.join(tmpdir(), "oracle-"));
  const queue = path.join(folder, "queue");
  const log = path.join(folder, "mail.log");
  const base = path.join(folder, "base");
  for (const name of ["queue", "data", "base"]) mkdirSync(path.join(folder, name), { mode: 0o755 });
  spawnSync("chmod", ["755", folder]);
  const owner = idsOf("postfix");
  chownSync(path.join(folder, "data"), owner.uid, owner.gid);
  const settings = (queueFolder: string, dataFolder: string): string =>
    `queue_directory = ${queueFolder}\ndata_directory = ${dataFolder}\nmaillog_file = ${log}\nmaillog_file_prefixes = ${folder}\n`;
  const shared = settings(queue, path.join(folder, "data"));
  writeFileSync(
    path.join(base, "main.cf"),
    `compatibility_level = 3.6\nmyhostname = live.example\ninet_interfaces = 127.0.0.1\ninet_protocols = ipv4\n${shared}`,
  );
  writeFileSync(path.join(base, "master.cf"), MASTER);
  spawnSync("postfix", ["-c", base, "check"]);
  const environment = { PATH: process.env["PATH"] ?? "/usr/sbin:/usr/bin" };
  const master = spawn(`${DAEMONS}/master`, ["-d", "-c", base], {
    env: { ...environment, MAIL_CONFIG: base },
    stdio: "ignore",
  });
  const socket = path.join(queue, "public/postlog");
  await eventually("postlogd to listen", () => existsSync(socket));

  const run = (daemon: string, configuration: string, { words = [], session, hear }: RunWith = {}): Promise<void> => {
    const tag = path.basename(configuration);
    const env = {
      ...environment,
      MAIL_CONFIG: configuration,
      MAIL_LOGTAG: tag,
      POSTLOG_SERVICE: socket,
      POSTLOG_HOSTNAME: "live",
    };
    const ids = session === undefined ? {} : owner;
    const child = spawn(`${DAEMONS}/${daemon}`, daemon === "master" ? MASTER_TEST : ["-S", ...words], {
      env,
      stdio: ["pipe", "pipe", "ignore"],
      ...ids,
    });
    child.stdout.setEncoding("latin1").on("data", (text: string) => hear?.(text));
    child.stdin.on("error", () => undefined);
    child.stdin.end(session ?? "");
    const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
    return ended(child).finally(() => clearTimeout(timer));
  };

  let marks = 0;
  return {
    folder,
    settings(tag, daemons) {
      const ownQueue = path.join(folder, `queue-${tag}`);
      const ownData = path.join(folder, `data-${tag}`);
      mkdirSync(ownData);
      chownSync(ownData, owner.uid, owner.gid);
      if (!daemons.includes("master")) return `${settings(queue, ownData)}syslog_name = ${tag}\n`;
      for (const name of ["", "pid", "public", "private"]) mkdirSync(path.join(ownQueue, name), { mode: 0o755 });
      for (const name of ["public", "private"]) chownSync(path.join(ownQueue, name), owner.uid, owner.gid);
      return `${settings(ownQueue, ownData)}syslog_name = ${tag}\n`;
    },
    run,
    async said() {
      const mark = `oracle-mark-${++marks}`;
      spawnSync("postlog", ["-c", base, "-t", "oracle", mark]);
      await eventually(
        "all before the mark to be logged",
        () => existsSync(log) && readFileSync(log, "utf8").includes(mark),
      );
      const found = new Map<string, string[]>();
      for (const line of readFileSync(log, "latin1").split("\n")) {
        const [, tag, words] = /^\w+ +\d+ [\d:]+ \S+ ([^/ ]+)\/\S+\[\d+\]: (.*)$/.exec(line) ?? [];
        if (tag === undefined || words === undefined) continue;
        found.set(tag, [...(found.get(tag) ?? []), words]);
      }
      return found;
    },
    async stop() {
      master.kill("SIGTERM");
      await ended(master);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs jobs, so many at a time: most of them sleep. */
export async function inParallel(jobs: readonly (() => Promise<void>)[], atOnce = 64): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) await job();
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function idsOf(user: string): { readonly uid: number; readonly gid: number } {
  const number = (option: string): number => Number(spawnSync("id", [option, user], { encoding: "utf8" }).stdout);
  return { uid: number("-u"), gid: number("-g") };
}

function ended(child: ChildProcess): Promise<void> {
  return child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.once("error", () => resolve());
      });
}
