import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import { formatLogTime, logTimeMs, type TimeReference, type Zone } from "@postmaster/core/log/log-time.ts";
import { decodeUtf8 } from "@postmaster/core/log/utf8.ts";
import { readStep } from "@postmaster/core/trace/read-step.ts";
import type { TraceBook } from "@postmaster/core/trace/trace-book.ts";
import { firstMoment } from "../../report/read-order.ts";
import { visitLines } from "../input/byte-lines.ts";
import { type Input, openInput, systemWords } from "../input/open-input.ts";
import { isBinary } from "../input/recognise.ts";

const CR = 13;

export interface TimeOptions {
  /** Of stamps without one; null for the latest that is not after the file's last change. */
  readonly year: number | null;
  readonly zone: Zone;
}

/** A log that could not be read, and why. */
export interface Unreadable {
  readonly name: string;
  readonly problem: string;
}

interface Opened {
  readonly input: Input;
  readonly source: number;
  readonly reference: TimeReference;
  /** The first moment it tells, ms since 1970. */
  readonly begin: number;
}

/**
 * Reads logs into a book, the older first whatever their order on the command line (a shell puts mail.log before mail.log.1). A file named
 * twice is read once. `source` of a step is an index of `names`.
 */
export async function readLogs(
  names: readonly string[],
  time: TimeOptions,
  engine: LogEngine,
  book: TraceBook,
): Promise<readonly Unreadable[]> {
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
    const reference = {
      notAfter: input.modifiedMs,
      zone: time.zone,
      ...(time.year === null ? {} : { year: time.year }),
    };
    opened.push({ input, source, reference, begin: firstMoment(input, reference) });
  }
  // Two that begin in the same second: the one that was closed first.
  opened.sort((one, other) => one.begin - other.begin || one.input.modifiedMs - other.input.modifiedMs);
  for (const log of opened) {
    try {
      await readLog(log, engine, book);
    } catch (error) {
      unreadable.push({ name: log.input.name, problem: systemWords(error) });
    } finally {
      await log.input.close();
    }
  }
  return unreadable;
}

async function readLog({ input, source, reference }: Opened, engine: LogEngine, book: TraceBook): Promise<void> {
  await visitLines(input.chunks, (bytes, start, end, number) => {
    const text = decodeUtf8(bytes, start, end > start && bytes[end - 1] === CR ? end - 1 : end);
    const line = engine.readText(text);
    const step = readStep(line, {
      source,
      line: number,
      ms: line.time === null ? null : logTimeMs(line.time, reference),
      time: line.time === null ? null : formatLogTime(line.time, reference),
    });
    if (step !== null) book.add(step);
    return undefined;
  });
}
