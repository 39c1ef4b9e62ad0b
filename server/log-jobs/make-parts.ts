import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import { type LinesVisitor, openFileRange } from "./file-range.ts";
import type { LogJob } from "./log-job.ts";

/** A part and the number of its lines. */
export interface MadePart<Part> {
  readonly part: Part;
  readonly lines: number;
  /** What of it need not be copied to another thread. */
  readonly transfer: readonly ArrayBuffer[];
}

/** One thread at work on one job. */
export interface PartMaking<Part> {
  /** Begin the part of the bytes `start..end` of a file; the result's `step` reads a piece of it. */
  file(fd: number, start: number, end: number): { step(): boolean; finish(): MadePart<Part> };
  /** Whole lines from elsewhere, quickest where they lie in a room of the engine; `finish` ends the part. */
  visit: LinesVisitor;
  finish(): MadePart<Part>;
}

export function startPartMaking<Options, Part>(
  job: LogJob<Options, Part>,
  options: Options,
  engine: LogEngine,
): PartMaking<Part> {
  const scanner = engine.createScanner(job.goal);
  const maker = job.start(options, engine);
  const which = maker.flow ?? maker.tally ?? (job.explainedOnly === true ? "explained" : "all");
  let lines = 0;

  function visitLines(bytes: Uint8Array, start: number, end: number): void {
    const before = lines;
    lines += scanner.scanLines(bytes, start, end, which, (memory, from, to, number) =>
      maker.visit(scanner, memory, from, to, before + number),
    );
  }

  function finish(): MadePart<Part> {
    const part = maker.finish();
    const made = { part, lines, transfer: job.transfer?.(part) ?? [] };
    lines = 0;
    return made;
  }

  return {
    file(fd, start, end) {
      const room = engine.openRoom();
      const range = openFileRange(fd, start, end, (size) => room.bytes(size));
      return {
        step: () => range.step(visitLines),
        finish() {
          room.close();
          return finish();
        },
      };
    },
    visit: visitLines,
    finish,
  };
}
