import { closeSync, openSync, statSync } from "node:fs";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { openFileRange } from "@postmaster/server/log-jobs/file-range.ts";
import { inRoot } from "../scripts/lib/paths.ts";
import { runCommand } from "../scripts/lib/run-command.ts";
import { which } from "../scripts/lib/which.ts";
import { milliseconds, type Row } from "./row.ts";
import { type Contestant, race, type Spent } from "./timed-command.ts";

const ROUNDS = 5;
/** What lnav is asked: the answer shows that it has read all lines. */
const COUNT_LINES = ";select count(*) as n from syslog_log";

/** What must be the same in every tool's answer for its time to count. */
interface Counts {
  readonly lines: number;
  readonly delivered: number;
  readonly rejected: number;
  readonly problems: number;
}

/** Read one log with every tool, in turn. @param lines how many it has */
export async function measureLogTools(log: string, lines: number): Promise<readonly Row[]> {
  const postmaster = inRoot("dist", "postmaster.cjs");
  const contestants: readonly Contestant[] = [
    { name: "check", command: process.execPath, args: [postmaster, "check", log] },
    { name: "report", command: process.execPath, args: [postmaster, "report", log] },
    { name: "lnav", command: which("lnav"), args: ["-n", "-c", COUNT_LINES, log] },
    { name: "pflogsumm", command: which("pflogsumm"), args: [log] },
    { name: "rg", command: which("rg"), args: ["-c", "reject|warning|error|fatal|panic", log] },
  ];
  const spent = await race(contestants, ROUNDS);
  const parse = await race([{ name: "parse", command: process.execPath, args: [postmaster, "parse", log] }], 1);
  const counts = countOurselves(log);
  const differences = await compareCounts(contestants, counts, lines);
  const beside = (verb: "check" | "report", name: string, most: number, words: string): Row => {
    const own = spent.get(verb);
    const other = spent.get(name);
    if (own === undefined) throw new Error(`postmaster ${verb} did not run`);
    const what = `\`postmaster ${verb}\` beside ${name}`;
    const measured = told(own);
    if (other === undefined)
      return { what, measured, beside: `${name} is not on this machine`, floor: words, holds: null };
    const difference = differences.get(name);
    if (difference !== undefined)
      return { what, measured, beside: `does not count: ${difference}`, floor: words, holds: null };
    const ratio = own.wallMs / other.wallMs;
    // GNU time counts in hundredths of a second: some programs take less.
    const isCounted = own.cpuMs !== null && other.cpuMs !== null && other.cpuMs > 0;
    const cpu = isCounted ? `, CPU ${(own.cpuMs / other.cpuMs).toFixed(3)}` : "";
    return {
      what,
      measured,
      beside: `${told(other)}; ratio ${ratio.toFixed(3)}${cpu}`,
      floor: words,
      holds: most === 0 ? null : ratio <= most,
    };
  };
  return [
    beside("check", "lnav", 0.8, "at most 0.8 of its wall time"),
    beside("check", "pflogsumm", 1 / 15, "at least 15 times as fast"),
    beside("check", "rg", 0, ""),
    beside("report", "pflogsumm", 1 / 8, "at least 8 times as fast"),
    ...[...parse.values()].map(
      (one): Row => ({ what: "`postmaster parse`", measured: told(one), beside: "", floor: "", holds: null }),
    ),
  ];
}

function told({ wallMs, cpuMs, peakMb }: Spent): string {
  const cpu = cpuMs === null ? "" : `, CPU ${milliseconds(cpuMs)}`;
  const peak = peakMb === null ? "" : `, ${peakMb.toFixed(0)} MB`;
  return `${milliseconds(wallMs)}${cpu}${peak}`;
}

/** With the engine itself, in one thread. */
function countOurselves(log: string): Counts {
  const engine = createCatalogueEngine();
  const scanner = engine.createScanner("both");
  const { messages } = engine.scanNames;
  const field = (name: string): number => engine.scanNames.field(name);
  const status = field("status");
  const verb = field("verb");
  const action = field("action");
  const counts = { lines: 0, delivered: 0, rejected: 0, problems: 0 };
  const is = (text: string): boolean =>
    Buffer.from(scanner.text.subarray(scanner.valueStart, scanner.valueEnd)).toString("latin1") === text;
  const fd = openSync(log, "r");
  const room = engine.openRoom();
  const range = openFileRange(fd, 0, statSync(log).size, (size) => room.bytes(size));
  const visit = (): void => {
    counts.lines += 1;
    if (scanner.entry !== -1) counts.problems += 1;
    const message = messages.at(scanner.message);
    if (message === "delivery/status" && scanner.find(status) && is("sent")) counts.delivered += 1;
    const verdict = message === "smtpd/reject" ? verb : message === "milter/action" ? action : null;
    if (verdict !== null && scanner.find(verdict) && is("reject")) counts.rejected += 1;
  };
  while (range.step((bytes, start, end) => scanner.scanLines(bytes, start, end, "all", visit))) continue;
  closeSync(fd);
  return counts;
}

/** Why a tool's answer is another one than ours, by its name. */
async function compareCounts(
  contestants: readonly Contestant[],
  counts: Counts,
  lines: number,
): Promise<ReadonlyMap<string, string>> {
  const differences = new Map<string, string>();
  const expect = (name: string, what: string, theirs: number, ours: number): void => {
    if (theirs !== ours) differences.set(name, `${what}: it says ${theirs}, we say ${ours}`);
  };
  if (counts.lines !== lines) throw new Error(`the log has ${lines} lines, the engine counts ${counts.lines}`);
  for (const { name, command, args } of contestants) {
    if (command === null || name === "rg") continue;
    // oxlint-disable-next-line no-await-in-loop -- one at a time is enough
    const { output } = await runCommand(command, args, { quiet: true });
    if (name === "lnav") expect(name, "lines", numberIn(output), lines);
    if (name === "pflogsumm") {
      // What local(8) hands on to another address is sent too; pflogsumm counts it by itself.
      expect(name, "delivered", totalOf(output, "delivered") + totalOf(output, "forwarded"), counts.delivered);
      expect(name, "rejected", totalOf(output, "rejected"), counts.rejected);
    }
    if (name === "check") {
      const summary = output.split("\n").find((line) => line.startsWith("Found ")) ?? "";
      const found = [...summary.matchAll(/([\d,]+) (?:error|warning|note|hint)s?/g)].map(([, number = ""]) =>
        Number(number.replaceAll(",", "")),
      );
      const sum = found.reduce((all, one) => all + one, 0);
      if (sum !== counts.problems)
        throw new Error(`check finds ${sum} problems, the engine in one thread ${counts.problems}`);
    }
  }
  return differences;
}

function numberIn(output: string): number {
  return Number(
    output
      .split("\n")
      .map((line) => line.trim())
      .find((line) => /^\d+$/.test(line)) ?? -1,
  );
}

/** A line of pflogsumm's grand totals, such as `  70192   delivered`. */
function totalOf(output: string, word: string): number {
  const line = output.split("\n").find((one) => one.trim().split(/\s+/)[1] === word) ?? "";
  return Number(line.trim().split(/\s+/)[0] ?? -1);
}
