import type { Machine } from "../machine/machine.ts";
import type { LineRoom } from "../scanning/rooms.ts";
import type { FlowKeyTable } from "./flow-counts.ts";
import { readKeys } from "./read-flow.ts";

/** Adds up what was counted of keys in many parts. JavaScript would still be warming up when it is done. */
export interface KeySum {
  /** @param keys each once @returns false where there is no room for them: nothing was added then */
  add(keys: FlowKeyTable): boolean;
  /** What was added. It lies in the machine's memory: copy it before the next is. */
  read(): FlowKeyTable;
  /** Forget all, and lend it to somebody else. */
  close(): void;
}

/** Keys and bytes of keys that there is room for: as many keys as a report counts exactly. */
const KEYS = 65_536;
const ARENA_BYTES = 2 * 1024 * 1024;

/** Of one engine. A machine never gets smaller: what is closed is lent again. */
export function createKeySums(machine: Machine, openRoom: () => LineRoom): (columns: number) => KeySum {
  const { calls } = machine;
  const free: { readonly columns: number; readonly table: number }[] = [];

  function take(columns: number): number {
    const index = free.findIndex((one) => one.columns === columns);
    const [found] = index === -1 ? [] : free.splice(index, 1);
    return found?.table ?? calls.createKeyCounts(columns, 0, KEYS, ARENA_BYTES);
  }

  return (columns) => {
    const table = take(columns);
    return {
      add({ size, hashes, starts, arena, counts }) {
        const bytes = starts[size] ?? 0;
        if (calls.hasRoomFor(table, size, bytes) === 0) return false;
        const room = openRoom();
        // The numbers of eight bytes first: they have to lie at whole multiples of that.
        const numbers = size * columns * 8;
        const parts = [
          bytesOf(counts, numbers),
          bytesOf(hashes, size * 4),
          bytesOf(starts, (size + 1) * 4),
          arena.subarray(0, bytes),
        ];
        const place = room.bytes(numbers + size * 8 + 4 + bytes);
        let at = 0;
        for (const part of parts) {
          place.set(part, at);
          at += part.length;
        }
        const first = place.byteOffset;
        const behind = first + numbers;
        calls.mergeKeys(table, size, behind, behind + size * 4, behind + size * 8 + 4, first);
        room.close();
        return true;
      },
      read: () => readKeys(machine, table),
      close() {
        calls.clearKeyCounts(table);
        free.push({ columns, table });
      },
    };
  };
}

function bytesOf(array: Float64Array | Int32Array, length: number): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, length);
}
