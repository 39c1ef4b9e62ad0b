import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../scripts/lib/run-command.ts";
import { which } from "../scripts/lib/which.ts";

/** What one run of a program took. */
export interface Spent {
  readonly wallMs: number;
  /** User and system time of the program and its threads; null where GNU time is not on this machine. */
  readonly cpuMs: number | null;
  /** Peak of the resident memory, in MB (10^6 bytes); null likewise. */
  readonly peakMb: number | null;
}

export interface Contestant {
  readonly name: string;
  /** Null where the program is not on this machine. */
  readonly command: string | null;
  readonly args: readonly string[];
  /** Keep what it writes, at most some lines. */
  readonly keepsOutput?: boolean;
}

/** Runs programs in turn, so that what else the machine does meets them all alike, and gives the least that each took. */
export async function race(contestants: readonly Contestant[], rounds: number): Promise<ReadonlyMap<string, Spent>> {
  const best = new Map<string, Spent>();
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of contestants) {
      // oxlint-disable-next-line no-await-in-loop -- one at a time: they must not disturb each other
      const spent = await time(contestant);
      if (spent === null) continue;
      const before = best.get(contestant.name);
      best.set(contestant.name, before === undefined ? spent : least(before, spent));
    }
  }
  return best;
}

function least(one: Spent, other: Spent): Spent {
  const lower = (a: number | null, b: number | null): number | null =>
    a === null || b === null ? null : Math.min(a, b);
  return {
    wallMs: Math.min(one.wallMs, other.wallMs),
    cpuMs: lower(one.cpuMs, other.cpuMs),
    peakMb: one.peakMb === null || other.peakMb === null ? null : Math.max(one.peakMb, other.peakMb),
  };
}

/** GNU time prints elapsed seconds, user and system seconds, and kilobytes. */
const FORMAT = "%e %U %S %M";

async function time({ name, command, args }: Contestant): Promise<Spent | null> {
  if (command === null) return null;
  const gnuTime = which("time");
  const folder = await mkdtemp(join(tmpdir(), "postmaster-bench-"));
  try {
    const report = join(folder, "time");
    const started = performance.now();
    const run =
      gnuTime === null
        ? await runCommand(command, args, { quiet: true, discard: true })
        : await runCommand(gnuTime, ["-o", report, "-f", FORMAT, command, ...args], { quiet: true, discard: true });
    const wallMs = performance.now() - started;
    // 1 means "found something" to grep and to us; anything above is no result.
    if (run.code > 1) throw new Error(`${name} ended with exit code ${run.code}:\n${run.output}`);
    if (gnuTime === null) return { wallMs, cpuMs: null, peakMb: null };
    const [, user, system, kilobytes] = ((await readFile(report, "utf8")).trim().split("\n").at(-1) ?? "")
      .split(" ")
      .map(Number);
    return { wallMs, cpuMs: ((user ?? 0) + (system ?? 0)) * 1000, peakMb: ((kilobytes ?? 0) * 1024) / 1e6 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
