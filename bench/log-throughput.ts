import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inRoot } from "../scripts/lib/paths.ts";
import { runCommand } from "../scripts/lib/run-command.ts";
import { which } from "../scripts/lib/which.ts";
import { writeLog } from "./log/write-log.ts";

/** One way to read a log, and how fast it was. */
export interface Measurement {
  readonly name: string;
  /** Milliseconds, the fastest of the rounds; null where the program is not on this machine. */
  readonly milliseconds: number | null;
  /** Million bytes of log a second; null likewise. */
  readonly megabytesPerSecond: number | null;
}

const MEGABYTE = 1_000_000;
const ROUNDS = 3;

/** Read one large log with the command line as it ships, and with what a mail administrator would otherwise reach for. */
export async function measureLogThroughput(megabytes: number): Promise<readonly Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), "postmaster-bench-"));
  try {
    const log = join(folder, "mail.log");
    await writeLog(log, megabytes * MEGABYTE);
    const { size } = await stat(log);
    const postmaster = inRoot("dist", "postmaster.mjs");
    return [
      await measure("postmaster check", process.execPath, [postmaster, "check", "--format", "json", log], size),
      await measure("postmaster parse", process.execPath, [postmaster, "parse", log], size),
      await measure("pflogsumm", which("pflogsumm"), [log], size),
      await measure(
        "grep -E reject|warning|error|fatal|panic",
        which("grep"),
        ["-E", "reject|warning|error|fatal|panic", log],
        size,
      ),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  name: string,
  command: string | null,
  args: readonly string[],
  size: number,
): Promise<Measurement> {
  if (command === null) return { name, milliseconds: null, megabytesPerSecond: null };
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    const { code, output } = await runCommand(command, args, { quiet: true, discard: true });
    // 1 means "found something" to grep and to us; anything above is no result.
    if (code > 1) throw new Error(`${name} ended with exit code ${code}:\n${output}`);
    best = Math.min(best, performance.now() - started);
  }
  return { name, milliseconds: best, megabytesPerSecond: size / MEGABYTE / (best / 1000) };
}
