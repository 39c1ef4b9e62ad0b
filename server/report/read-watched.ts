import { visitLines } from "../cli/input/byte-lines.ts";
import { systemWords } from "../cli/input/open-input.ts";
import type { FoundLog } from "./find-logs.ts";

/** Somebody who waits for a long reading. */
export interface Watcher {
  /** Asked between pieces of a log; true ends the reading. */
  isCancelled(): boolean;
  /** How far it is, 0 to 1. */
  onProgress(part: number): void;
}

export const NOBODY: Watcher = { isCancelled: () => false, onProgress: () => undefined };

/** A line of the log numbered `source`, as visitLines gives it. */
export type WatchedVisitor = (bytes: Uint8Array, start: number, end: number, number: number) => void;

/**
 * Reads logs one after the other and closes them. @param begin gives the visitor of a log's lines
 * @returns why a log, or its rest, could not be read, null if it was; in their order
 */
export async function readWatched(
  logs: readonly FoundLog[],
  watcher: Watcher,
  begin: (log: FoundLog, source: number) => WatchedVisitor,
): Promise<readonly (string | null)[]> {
  const total = Math.max(
    1,
    logs.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  let read = 0;
  async function* watched(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      if (watcher.isCancelled()) return;
      yield chunk;
      read += chunk.length;
      watcher.onProgress(Math.min(1, read / total));
      // Reading from a cache never waits: others must have their turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  const problems: (string | null)[] = [];
  for (const [source, log] of logs.entries()) {
    try {
      const visit = begin(log, source);
      await visitLines(watched(log.input.chunks), (bytes, start, end, number) => {
        visit(bytes, start, end, number);
        return undefined;
      });
      problems.push(null);
    } catch (error) {
      problems.push(systemWords(error));
    } finally {
      await log.input.close();
    }
  }
  return problems;
}
