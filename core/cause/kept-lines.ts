/**
 * Explained lines that later ones may be consequences of, as the log has them: of thousands hardly one is ever asked for, so none is made a string before that.
 * Goes from thread to thread.
 */
export interface KeptLines {
  /** The lines one behind the other, without their breaks. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** For each line: its number, the number of its entry, and where in `bytes` it stops. */
  readonly places: Int32Array<ArrayBuffer>;
}

/** Numbers of a line in `places`. */
export const PLACE_NUMBERS = 3;

/** Bytes kept of a line: what is behind them names no process and no service. */
const LONGEST = 2000;

export interface LineKeeper {
  /** The line `bytes[start..end)`. @param number ascending @param entry of the engine's entries */
  keep(number: number, entry: number, bytes: Uint8Array, start: number, end: number): void;
  /** All that were kept since the last time. */
  take(): KeptLines;
}

export function createLineKeeper(): LineKeeper {
  let kept = new Uint8Array(LONGEST * 8);
  let used = 0;
  let places: number[] = [];

  return {
    keep(number, entry, bytes, start, end) {
      const stop = Math.min(end, start + LONGEST);
      if (used + LONGEST > kept.length) {
        const larger = new Uint8Array(kept.length * 2);
        larger.set(kept);
        kept = larger;
      }
      kept.set(bytes.subarray(start, stop), used);
      used += stop - start;
      places.push(number, entry, used);
    },
    take() {
      const taken = { bytes: kept.slice(0, used), places: Int32Array.from(places) };
      used = 0;
      places = [];
      return taken;
    },
  };
}
