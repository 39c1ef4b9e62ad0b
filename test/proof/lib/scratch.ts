import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

/** A folder for one run, and the promise that nothing started in it outlives the run. */
export interface Scratch extends AsyncDisposable {
  readonly directory: string;
  /** Makes a folder in it. */
  folder(...names: readonly string[]): Promise<string>;
}

/**
 * Stops what runs in the folder and removes it, when its standard input ends: that also happens when the run is killed. Servers write their
 * pid into a file somewhere below; postfix(1) is asked to stop its own.
 */
const WATCHDOG = `
cat > /dev/null
PATH=$PATH:/usr/sbin:/sbin
[ -f "$1/etc/main.cf" ] && postfix -c "$1/etc" stop > /dev/null 2>&1
for file in "$1"/queue/pid/master.pid "$1"/*/run/master.pid "$1"/amavis/amavisd.pid "$1"/daemons/*.pid; do
  [ -f "$file" ] && kill -- $(cat "$file") > /dev/null 2>&1
done
rm -rf "$1" "/opt/$(basename "$1")"
`;

export async function createScratch(): Promise<Scratch> {
  const directory = await mkdtemp(path.join(tmpdir(), "postmaster-proof-"));
  await chmod(directory, 0o755);
  const watchdog = spawn("sh", ["-c", WATCHDOG, "sh", directory], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  const gone = new Promise<void>((resolve) => watchdog.once("exit", () => resolve()));
  return {
    directory,
    async folder(...names) {
      const made = path.join(directory, ...names);
      await mkdir(made, { recursive: true });
      return made;
    },
    async [Symbol.asyncDispose]() {
      watchdog.stdin.end();
      await gone;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Ports of 127.0.0.1 that nobody listens on, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("a TCP server without a port");
    return address.port;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
