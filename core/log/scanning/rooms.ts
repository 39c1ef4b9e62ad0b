import { MARGIN, type Machine } from "../machine/machine.ts";

/** Memory of the engine for lines that are read many at a time: those need not be copied to be read. */
export interface LineRoom {
  /** The room, made larger if need be: what lies in it is kept. Ask anew before each use; earlier arrays may have become empty. @param size bytes wanted at least */
  bytes(size: number): Uint8Array;
  /** Give it back. Nothing in it may be read any more. */
  close(): void;
}

/** Lends rooms: what is given back is lent again, since a machine never gets smaller. */
export function createRooms(machine: Machine): () => LineRoom {
  const free: Area[] = [];

  return () => {
    let area: Area = free.pop() ?? { address: 0, size: 0 };
    return {
      bytes(size) {
        if (area.size < size) {
          const larger = { address: machine.calls.allocate(size + MARGIN), size };
          machine.bytes().copyWithin(larger.address, area.address, area.address + area.size);
          if (area.size > 0) free.push(area);
          area = larger;
        }
        return machine.bytes().subarray(area.address, area.address + area.size);
      },
      close() {
        if (area.size > 0) free.push(area);
        area = { address: 0, size: 0 };
      },
    };
  };
}

interface Area {
  readonly address: number;
  readonly size: number;
}
