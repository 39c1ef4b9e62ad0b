import type { CancellationToken } from "vscode-languageserver";
import { cancelled, stopIfCancelled } from "./failure.ts";

/** The event loop is kept from other work no longer: an answer that takes several steps waits at each of them. */
const SLICE_MS = 5;
/** The protocol library handles one message a turn: after a slice what has piled up comes first. */
const TURNS = 16;

/**
 * Does work that pauses, a few milliseconds at a time; in between all that waits is served. The first slice is done at once.
 * @param isWanted asked between slices: false leaves the work where it is
 */
export async function inTurns(work: Iterator<unknown>, isWanted: () => boolean): Promise<void> {
  for (;;) {
    const end = performance.now() + SLICE_MS;
    do {
      if (work.next().done === true) return;
    } while (performance.now() < end);
    // oxlint-disable-next-line no-await-in-loop -- giving way is the point
    await turns();
    if (!isWanted()) return;
  }
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
}

/** Waits for something that goes on whoever waits for it. @throws ResponseError as soon as the editor no longer wants the answer */
export async function unlessCancelled<Result>(result: Promise<Result>, token: CancellationToken): Promise<Result> {
  stopIfCancelled(token);
  let stop: () => void = () => undefined;
  const given = new Promise<never>((_, reject) => {
    stop = () => reject(cancelled());
  });
  const listener = token.onCancellationRequested(() => stop());
  try {
    return await Promise.race([result, given]);
  } finally {
    listener.dispose();
  }
}
