/**
 * Numbers by whole numbers from 0 whose low bits are as good as random, such as fingerprints. What a Map is, in one array: nothing is made for an entry, it is sent
 * between threads as fast as bytes are copied, and the machine fills such tables too (core/log/assembly/flow/mails.ts). Open addressing, at most half full. Plain
 * data.
 */
export interface NumberTable {
  size: number;
  /** Key and number, one pair behind the other. The key is -1 where nothing is. The length is a power of two. */
  slots: Float64Array;
}

const FIRST_SLOTS = 256;
const NOTHING = -1;

export function numberTable(): NumberTable {
  return { size: 0, slots: emptySlots(FIRST_SLOTS) };
}

/** The number of a key; NaN without one. */
export function numberOf({ slots }: NumberTable, key: number): number {
  const slot = slotOf(slots, key);
  return slots[slot] === key ? (slots[slot + 1] ?? Number.NaN) : Number.NaN;
}

export function setNumber(table: NumberTable, key: number, value: number): void {
  const slot = slotOf(table.slots, key);
  table.slots[slot + 1] = value;
  if (table.slots[slot] === key) return;
  table.slots[slot] = key;
  table.size += 1;
  if (table.size * 4 > table.slots.length) grow(table);
}

function emptySlots(count: number): Float64Array {
  return new Float64Array(count * 2).fill(NOTHING);
}

/** Where the key stands, or is to be put. */
function slotOf(slots: Float64Array, key: number): number {
  const mask = slots.length / 2 - 1;
  let slot = key & mask;
  for (let held = slots[slot * 2]; held !== key && held !== NOTHING; held = slots[slot * 2]) slot = (slot + 1) & mask;
  return slot * 2;
}

function grow(table: NumberTable): void {
  const { slots } = table;
  table.slots = emptySlots(slots.length * 2);
  for (let at = 0; at < slots.length; at += 2) {
    const key = slots[at] ?? NOTHING;
    if (key === NOTHING) continue;
    const moved = slotOf(table.slots, key);
    table.slots[moved] = key;
    table.slots[moved + 1] = slots[at + 1] ?? Number.NaN;
  }
}
