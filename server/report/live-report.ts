import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import { lineCounter } from "@postmaster/core/report/log/line-counter.ts";
import type { LogReport, ReportedLog } from "@postmaster/core/report/log/log-report.ts";
import { mergeTallies } from "@postmaster/core/report/log/merge-tallies.ts";
import { summarize } from "@postmaster/core/report/log/summarize.ts";
import { type TimeOptions, timeReference } from "../host/time-reference.ts";
import { timeZone } from "../host/time-zone.ts";
import { lastLineEnd } from "../tail/last-line-end.ts";
import { followLog, type LogFollower } from "../tail/log-follower.ts";
import { countLogs } from "./count-logs.ts";
import type { FoundLog, FoundLogs } from "./find-logs.ts";
import type { Watcher } from "./run-over-logs.ts";

/** A report that grows with its logs: nothing that was read is read again. */
export interface LiveReport {
  report(limit: number): LogReport;
  /** Files that may grow. */
  readonly files: readonly string[];
  /** Counts what was added. @returns whether anything was */
  look(): Promise<boolean>;
  close(): Promise<void>;
}

interface Growing {
  readonly follower: LogFollower;
  readonly file: string;
  /** Which log its lines are counted for. */
  source: number;
  /** Lines of the file that were counted before it was followed. */
  counted: number;
}

const LF = 10;
/** Clocks differ a little: a line may be from a moment that has not come here. */
const AHEAD = 60_000;

/** Counts logs up to their last whole lines, then goes on from there. @param engine compiled when first asked for */
export async function startLiveReport(
  found: FoundLogs,
  time: TimeOptions,
  engine: () => LogEngine,
  watcher: Watcher,
): Promise<LiveReport> {
  const whole = { ...found, logs: found.logs.map(upToLastLine) };
  // Before they are read, so that none is lost that is rotated meanwhile.
  const growing = (await Promise.all(whole.logs.map(growingLog))).filter((one) => one !== null);
  const { tally, logs: counted } = await countLogs(whole, time, engine, watcher);
  const logs: ReportedLog[] = [...counted];
  for (const one of growing) one.counted = counted[one.source]?.lines ?? 0;

  async function lookAt(one: Growing): Promise<boolean> {
    let isNew = false;
    await one.follower.poll({
      lines(bytes, linesBefore) {
        isNew = true;
        count(bytes, one.source, one.counted + linesBefore);
        return undefined;
      },
      event(what) {
        if (what === "gone") return;
        isNew = true;
        beginAgain(one);
      },
    });
    return isNew;
  }

  function count(bytes: Uint8Array, source: number, linesBefore: number): void {
    const scanner = engine().createScanner("both");
    const counter = lineCounter(engine(), timeReference(Date.now() + AHEAD, time));
    let number = 0;
    for (let start = 0; start < bytes.length; ) {
      const feed = bytes.indexOf(LF, start);
      const end = feed === -1 ? bytes.length : feed;
      scanner.scan(bytes, start, end);
      counter.count(scanner, number);
      number += 1;
      start = end + 1;
    }
    mergeTallies(tally, counter.take(), { source, linesBefore });
  }

  /** Its name is another file's now: what was counted keeps its places under a name of its own. */
  function beginAgain(one: Growing): void {
    const old = logs[one.source];
    if (old === undefined) return;
    logs[one.source] = { ...old, name: `${old.name} (before it was rotated)` };
    one.source = logs.length;
    one.counted = 0;
    logs.push({ name: old.name, problem: null });
  }

  return {
    report: (limit) => summarize(tally, { logs, zone: timeZone(time.zone), limit }),
    files: growing.map(({ file }) => file),
    async look() {
      let isNew = false;
      // oxlint-disable-next-line no-await-in-loop -- counted one after the other
      for (const one of growing) isNew = (await lookAt(one).catch(() => false)) || isNew;
      return isNew;
    },
    close: async () => {
      await Promise.all(growing.map(({ follower }) => follower.close()));
    },
  };
}

/** The last line may still be in the making. */
function upToLastLine(log: FoundLog): FoundLog {
  const { file } = log.input;
  if (file === null) return log;
  return { ...log, input: { ...log.input, file: { ...file, size: lastLineEnd(file.fd, file.size) } } };
}

async function growingLog({ input: { path, identity, file } }: FoundLog, source: number): Promise<Growing | null> {
  if (path === null || identity === null || file === null) return null;
  try {
    const follower = await followLog(path, { identity, bytes: file.size, lines: 0 });
    return { follower, file: path, source, counted: 0 };
  } catch {
    return null;
  }
}
