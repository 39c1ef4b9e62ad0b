import { setImmediate as turn } from "node:timers/promises";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import { untilStopped } from "../host/until-stopped.ts";
import type { LogJob, PartTaker } from "./log-job.ts";
import { type MadePart, type PartMaking, startPartMaking } from "./make-parts.ts";
import type { PartAnswer, PartRequest } from "./messages.ts";
import { visitStream } from "./stream-lines.ts";
import type { PartThreads } from "./threads.ts";

/** A regular file by its descriptor, of which the first `size` bytes are read, or a stream of bytes. */
export type LogSource =
  | { readonly kind: "file"; readonly fd: number; readonly size: number }
  | { readonly kind: "stream"; readonly chunks: AsyncIterable<Uint8Array> };

export interface LogJobRun {
  /** Threads besides this one. 0 does all here. */
  readonly threads: number;
  /** Whether this thread makes parts too: not where it has to answer people meanwhile. With no other thread it always does. */
  readonly worksHere: boolean;
  /** Called when this thread first needs it. */
  engine(): LogEngine;
  /** Asked between pieces: nothing more is wanted. */
  isStopped(): boolean;
}

const MOST_WAITING = 16;
/** A thread always has the next part to go on with. */
const FEWEST_AHEAD = 2;
/** A turn takes as long as a tenth of a piece; four are read in a few milliseconds. */
const PIECES_A_TURN = 4;
const STREAM_PART = 4 * 1024 * 1024;

/**
 * Does a job with a log. `take` is given the parts in the order of the log, one after the other, whatever thread made them.
 * @returns the number of lines
 * @throws the system's error if reading fails, with what `take` was already given
 */
export async function runLogJob<Options, Part>(
  job: LogJob<Options, Part>,
  options: Options,
  source: LogSource,
  run: LogJobRun,
  take: PartTaker<Part>,
): Promise<number> {
  return source.kind === "stream"
    ? await readStream(job, startPartMaking(job, options, run.engine()), source.chunks, run, take)
    : await readFile(job, options, source, run, take);
}

async function readStream<Options, Part>(
  { partBytes }: LogJob<Options, Part>,
  making: PartMaking<Part>,
  chunks: AsyncIterable<Uint8Array>,
  run: LogJobRun,
  take: PartTaker<Part>,
): Promise<number> {
  const whole = partBytes === "share" ? Number.POSITIVE_INFINITY : Math.min(partBytes, STREAM_PART);
  let bytesInPart = 0;
  let lines = 0;
  const finish = (): Promise<void> | undefined => {
    const made = making.finish();
    const first = lines + 1;
    lines += made.lines;
    bytesInPart = 0;
    return take(made.part, first);
  };
  const room = run.engine().openRoom();
  try {
    await visitStream(
      untilStopped(chunks, () => run.isStopped()),
      (size) => room.bytes(size),
      (bytes, start, end) => {
        making.visit(bytes, start, end);
        bytesInPart += end - start;
        return bytesInPart < whole ? undefined : finish();
      },
    );
  } finally {
    room.close();
  }
  await finish();
  return lines;
}

async function readFile<Options, Part>(
  job: LogJob<Options, Part>,
  options: Options,
  { fd, size }: Extract<LogSource, { kind: "file" }>,
  run: LogJobRun,
  take: PartTaker<Part>,
): Promise<number> {
  const ranges = cut(size, job.partBytes, run.threads + (run.worksHere || run.threads === 0 ? 1 : 0));
  const made = new Map<number, Pick<MadePart<Part>, "part" | "lines">>();
  let handedOut = 0;
  let taken = 0;
  let lines = 0;
  const each = job.mostWaiting ?? MOST_WAITING;
  const most = each * (run.threads + 1);
  const next = (): PartRequest | null => (handedOut < taken + most ? (ranges[handedOut++] ?? null) : null);
  /**
   * Parts that one thread is asked for, so that it need not wait while this one has its hands full: its share of what may wait, since with more it would leave this
   * one nothing to do, and its share of what is left, so that all end together.
   */
  const ahead = (): number => {
    const share = Math.floor((ranges.length - handedOut) / (run.threads + 1));
    return Math.min(each, Math.max(FEWEST_AHEAD, share));
  };
  const keep = ({ index, part, lines: count }: PartAnswer): void => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a part comes back from the very job that was sent
    made.set(index, { part: part as Part, lines: count });
    threads.assign(next, ahead());
  };
  const threads =
    run.threads === 0
      ? NO_THREADS
      : (await import("./threads.ts")).startThreads(
          Math.min(run.threads, ranges.length),
          { job: job.name, options, fd },
          keep,
        );

  async function takeReady(): Promise<void> {
    for (let ready = made.get(taken); ready !== undefined; ready = made.get(taken)) {
      made.delete(taken);
      taken += 1;
      threads.assign(next, ahead());
      const waiting = take(ready.part, lines + 1);
      lines += ready.lines;
      if (waiting !== undefined) await waiting;
    }
  }

  try {
    const making = run.worksHere || run.threads === 0 ? startPartMaking(job, options, run.engine()) : null;
    while (taken < ranges.length && !run.isStopped()) {
      const mine = making === null ? null : next();
      threads.assign(next, ahead());
      if (mine === null || making === null) await threads.news();
      else made.set(mine.index, await makeHere(making, fd, mine, run));
      await takeReady();
    }
  } finally {
    await threads.close();
  }
  return lines;
}

const NO_THREADS: PartThreads = {
  assign: () => undefined,
  news: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

/** Lets others have their turn between the pieces: answers of threads, what is to be written. */
async function makeHere<Part>(
  making: PartMaking<Part>,
  fd: number,
  { start, end }: PartRequest,
  run: LogJobRun,
): Promise<MadePart<Part>> {
  const range = making.file(fd, start, end);
  for (let piece = 1; range.step() && !run.isStopped(); piece += 1) if (piece % PIECES_A_TURN === 0) await turn();
  return range.finish();
}

function cut(size: number, partBytes: number | "share", threads: number): readonly PartRequest[] {
  const length = Math.max(1, partBytes === "share" ? Math.ceil(size / threads) : partBytes);
  return Array.from({ length: Math.ceil(size / length) }, (_, index) => ({
    index,
    start: index * length,
    end: Math.min(size, (index + 1) * length),
  }));
}
