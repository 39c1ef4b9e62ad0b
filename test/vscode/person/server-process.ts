import { execFileSync } from "node:child_process";
import process from "node:process";
import { eventually } from "../../eventually.ts";
import type { Workbench } from "./workbench.ts";

/** The process of our language server in a VS Code, once there is one. @param not one that has ended, or is about to */
export function serverProcess(bench: Workbench, not: number | null = null): Promise<number> {
  return eventually(
    "a process of the language server",
    () => serverProcesses(bench).find((pid) => pid !== not) ?? null,
  );
}

/** How long a server may take to be started, in milliseconds. */
const PATIENCE = 30_000;

/** All of them: there should be one. */
export function serverProcesses({ server }: Workbench): readonly number[] {
  const listed = execFileSync("ps", ["-A", "-o", "pid=,pgid=,args="], { encoding: "utf8" });
  return listed.split("\n").flatMap((line) => {
    const [pid, group, ...command] = line.trim().split(/\s+/);
    const isOurs = Number(group) === server.pid && command.join(" ").includes("/dist/server.cjs");
    return isOurs ? [Number(pid)] : [];
  });
}

/**
 * Holds the next server that is started, long before it can have answered to its start.
 * @param start what starts it
 * @returns its process, which goes on with SIGCONT
 */
export async function holdAtStart(bench: Workbench, start: () => Promise<void>): Promise<number> {
  const before = new Set(serverProcesses(bench));
  const started = (): number | undefined => serverProcesses(bench).find((pid) => !before.has(pid));
  const starting = start();
  // Thrown below, where it is waited for.
  starting.catch(() => undefined);
  const deadline = performance.now() + PATIENCE;
  // Looked for without a pause but a turn for what starts it: it must not get far.
  while (performance.now() < deadline) {
    const pid = started();
    if (pid !== undefined) {
      process.kill(pid, "SIGSTOP");
      await starting;
      return pid;
    }
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  await starting;
  throw new Error("no other server was started");
}
