import { lineText } from "@postmaster/core/log/line-content.ts";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import { formatLogTime, logTimeMs, type TimeReference } from "@postmaster/core/log/log-time.ts";
import { connectedTo } from "@postmaster/core/trace/connected.ts";
import { readStep } from "@postmaster/core/trace/read-step.ts";
import type { StepPlace } from "@postmaster/core/trace/step.ts";
import type { TraceBook } from "@postmaster/core/trace/trace-book.ts";
import { type TimeOptions, timeReference } from "../../host/time-reference.ts";
import { visitLines } from "../../input/byte-lines.ts";
import { type Input, openInput, systemWords } from "../../input/open-input.ts";
import { isBinary } from "../../input/recognise.ts";
import { runLogJob } from "../../log-jobs/run-log-job.ts";
import type { Unreadable } from "../../report/find-logs.ts";
import { byAge, firstMoment, type LogAge } from "../../report/read-order.ts";
import { jobRun, sourceOf } from "../log-source.ts";
import type { Output } from "../output.ts";
import { type TiesPart, tiesJob } from "./ties-job.ts";
import { type TraceLinesOptions, traceLinesJob } from "./trace-lines-job.ts";

interface Opened extends LogAge {
  readonly input: Input;
  readonly source: number;
  readonly reference: TimeReference;
}

/** What logs are read for. */
export interface Reading {
  readonly question: string;
  readonly time: TimeOptions;
  readonly engine: () => LogEngine;
  readonly output: Pick<Output, "isClosed">;
}

/**
 * Reads what a question is about into a book, the older log first whatever their order on the command line (a shell puts mail.log before mail.log.1). A file named
 * twice is read once. `source` of a step is an index of `names`.
 *
 * Files are read twice, first for what hangs together with what is asked, then for its lines: so memory does not grow with the mails of a log but by some 40
 * bytes a mail. The standard input can be read once only: all of it is kept.
 */
export async function readLogs(
  names: readonly string[],
  reading: Reading,
  book: TraceBook,
): Promise<readonly Unreadable[]> {
  const { opened, unreadable } = await openLogs(names, reading.time);
  const problems = new Map<string, string>();
  const each = async (read: (log: Opened) => Promise<void>): Promise<void> => {
    for (const log of opened) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- a mail goes on in the next log
        await read(log);
      } catch (error) {
        problems.set(log.input.name, systemWords(error));
      }
    }
  };
  try {
    if (opened.some(({ input }) => input.path === null)) {
      await each((log) => readAll(log, reading.engine(), book));
    } else {
      const ties = gatherTies();
      await each(({ input }) => findTies(input, reading, ties));
      const wanted = { question: reading.question, ...ties.wanted() };
      if (wanted.ids.size > 0 || wanted.processes.size > 0 || ties.isRefused()) {
        await each((log) => readWanted(log, wanted, reading, book));
      }
    }
  } finally {
    await Promise.all(opened.map(({ input }) => input.close()));
  }
  return [...unreadable, ...Array.from(problems, ([name, problem]) => ({ name, problem }))];
}

/** The logs that can be read, the older first; and those that cannot. */
async function openLogs(
  names: readonly string[],
  time: TimeOptions,
): Promise<{ readonly opened: readonly Opened[]; readonly unreadable: readonly Unreadable[] }> {
  const opened: Opened[] = [];
  const unreadable: Unreadable[] = [];
  const seen = new Set<string>();
  for (const [source, name] of names.entries()) {
    const input = await openInput(name).catch(systemWords);
    const problem = typeof input === "string" ? input : isBinary(input.head) ? "is binary, not text" : null;
    if (problem !== null) unreadable.push({ name, problem });
    if (typeof input === "string") continue;
    if (problem !== null || (input.identity !== null && seen.has(input.identity))) {
      await input.close();
      continue;
    }
    if (input.identity !== null) seen.add(input.identity);
    const reference = timeReference(input.modifiedMs, time);
    opened.push({ input, source, reference, begin: firstMoment(input, time) });
  }
  return { opened: opened.sort(byAge), unreadable };
}

/** Ties of all parts of all logs. */
interface Ties {
  add(part: TiesPart): void;
  isRefused(): boolean;
  wanted(): Pick<TraceLinesOptions, "ids" | "processes">;
}

function gatherTies(): Ties {
  const ties: Float64Array[] = [];
  const arrivals: Float64Array[] = [];
  const asked = new Set<number>();
  const refusing = new Set<number>();
  return {
    add(part) {
      ties.push(part.ties);
      arrivals.push(part.arrivals);
      for (const id of part.asked) asked.add(id);
      for (const process of part.refusing) refusing.add(process);
    },
    isRefused: () => refusing.size > 0,
    wanted() {
      const ids = asked.size === 0 ? asked : connectedTo(ties, asked);
      const processes = new Set(refusing);
      for (const list of arrivals) {
        for (let at = 0; at < list.length; at += 2) if (ids.has(list[at] ?? 0)) processes.add(list[at + 1] ?? 0);
      }
      return { ids, processes };
    },
  };
}

async function findTies(input: Input, { question, engine, output }: Reading, ties: Ties): Promise<void> {
  await runLogJob(tiesJob, { question }, sourceOf(input), jobRun(input, { engine, output }), (part) => {
    ties.add(part);
    return undefined;
  });
}

async function readWanted(
  { input, source, reference }: Opened,
  wanted: TraceLinesOptions,
  { engine, output }: Reading,
  book: TraceBook,
): Promise<void> {
  // What is compressed is a stream that was read to its end.
  const again = input.file === null ? await openInput(input.name) : input;
  if (typeof again === "string") throw new Error(again);
  try {
    await runLogJob(traceLinesJob, wanted, sourceOf(again), jobRun(again, { engine, output }), (lines, firstLine) => {
      for (const { number, text } of lines) {
        addLine(text, { source, line: firstLine + number }, reference, engine(), book);
      }
      return undefined;
    });
  } finally {
    if (again !== input) await again.close();
  }
}

async function readAll({ input, source, reference }: Opened, engine: LogEngine, book: TraceBook): Promise<void> {
  await visitLines(input.chunks, (bytes, start, end, number) => {
    addLine(lineText(bytes, start, end), { source, line: number }, reference, engine, book);
    return undefined;
  });
}

function addLine(
  text: string,
  place: Pick<StepPlace, "source" | "line">,
  reference: TimeReference,
  engine: LogEngine,
  book: TraceBook,
): void {
  const line = engine.readText(text);
  const step = readStep(line, {
    ...place,
    ms: line.time === null ? null : logTimeMs(line.time, reference),
    time: line.time === null ? null : formatLogTime(line.time, reference),
  });
  if (step !== null) book.add(step);
}
