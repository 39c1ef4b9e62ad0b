import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { eventually } from "../../../eventually.ts";
import { startLocalServer } from "../../../proof/lib/local-server.ts";
import { proofEnvironment } from "../../../proof/lib/run-program.ts";
import { startSyslog } from "./syslog-server.ts";

/** A place where programs of others run that know no other log than the machine's and no other name server than its. */
export interface DaemonPlace extends AsyncDisposable {
  /** Starts a program that stays in the foreground; disposing of it ends it. */
  start(command: readonly string[]): Promise<AsyncDisposable>;
  /** Starts it for each that connects to the port, with the connection as its input and output. */
  startAt(port: number, command: readonly string[]): Promise<AsyncDisposable>;
}

/**
 * In a mount namespace of its own, /dev/log is our socket and /etc/resolv.conf our file: for this program alone, whatever the machine has. The
 * devices are laid under links, since nobody can add a name to the machine's /dev without its being seen by all.
 */
const OWN_PLACE = `
set -e
mount --rbind /dev "$1/dev"
mount -t tmpfs -o mode=755 tmpfs /dev
for one in "$1"/dev/*; do ln -s "$one" /dev/; done
ln -sfn "$1/log" /dev/log
mount --bind "$1/resolv.conf" /etc/resolv.conf
mount --bind "$1/.." /srv
shift
exec "$@"
`;

/** @param scratch the folder of the run; @param file the log that all they say goes to; @param resolver the address of the name server */
export async function createDaemonPlace(scratch: string, file: string, resolver: string): Promise<DaemonPlace> {
  const place = path.join(scratch, "daemons");
  await mkdir(path.join(place, "dev"), { recursive: true });
  await writeFile(path.join(place, "resolv.conf"), `nameserver ${resolver}\noptions timeout:2 attempts:1\n`);
  const words = (command: readonly string[]) => ["--mount", "sh", "-c", OWN_PLACE, "sh", place, ...command];
  const syslog = await startSyslog(path.join(place, "log"), file);
  return {
    async start(command) {
      const child = spawn("unshare", words(command), {
        env: proofEnvironment(),
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
      });
      // systemd's journal takes down what a service prints.
      const [name = ""] = command;
      for (const stream of [child.stdout, child.stderr]) {
        createInterface(stream).on("line", (line) => syslog.note(`${path.basename(name)}[${child.pid ?? 0}]: ${line}`));
      }
      await new Promise<void>((resolve, reject) => child.once("spawn", resolve).once("error", reject));
      // Whoever ends the run's left-overs finds it here.
      const left = path.join(place, `${child.pid ?? 0}.pid`);
      await writeFile(left, `-${child.pid ?? 0}\n`);
      return {
        async [Symbol.asyncDispose]() {
          await end(child);
          await rm(left, { force: true });
        },
      };
    },
    startAt: (port, command) =>
      startLocalServer({ port }, (socket) => {
        const child = spawn("unshare", words(command), { env: proofEnvironment(), stdio: ["pipe", "pipe", "ignore"] });
        child.stdin.on("error", () => null);
        // A connection that is broken off does not end its input, and it would wait for ever, and the run for it.
        socket.once("close", () => child.kill("SIGKILL"));
        socket.pipe(child.stdin);
        child.stdout.pipe(socket);
      }),
    [Symbol.asyncDispose]: () => syslog[Symbol.asyncDispose](),
  };
}

/** With all the processes it has started. They have nothing to lose, and some take seconds to part from their clients. */
async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  process.kill(-child.pid, "SIGKILL");
  await gone;
}

/** Until somebody takes a connection at this port of 127.0.0.1, or at this path. */
export async function listening(place: string): Promise<void> {
  await eventually(`a listener at ${place}`, () => {
    const socket = /^\d+$/.test(place) ? connect(Number(place), "127.0.0.1") : connect(place);
    return new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    }).finally(() => socket.destroy());
  });
}
