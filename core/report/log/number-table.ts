/**
 * Numbers by whole numbers from 0 whose low bits are as good as random, such as fingerprints. What a Map is, in two arrays: nothing is made for an entry, and
 * it is sent between threads as fast as bytes are copied. Open addressing, at most half full. Plain data.
 */
export interface NumberTable {
  size: number;
  /** -1 where nothing is. */
  keys: Float64Array;
  values: Float64Array;
}

const FIRST_SLOTS = 256;
const NOTHING = -1;

export function numberTable(): NumberTable {
  return { size: 0, keys: new Float64Array(FIRST_SLOTS).fill(NOTHING), values: new Float64Array(FIRST_SLOTS) };
}

/** The number of a key; NaN without one. */
export function numberOf({ keys, values }: NumberTable, key: number): number {
  const slot = slotOf(keys, key);
  return keys[slot] === key ? (values[slot] ?? Number.NaN) : Number.NaN;
}

export function setNumber(table: NumberTable, key: number, value: number): void {
  const slot = slotOf(table.keys, key);
  table.values[slot] = value;
  if (table.keys[slot] === key) return;
  table.keys[slot] = key;
  table.size += 1;
  if (table.size * 2 > table.keys.length) grow(table);
}

export function eachNumber({ keys, values }: NumberTable, visit: (key: number, value: number) => void): void {
  keys.forEach((key, slot) => {
    if (key !== NOTHING) visit(key, values[slot] ?? Number.NaN);
  });
}

/** Where the key stands, or is to be put. */
function slotOf(keys: Float64Array, key: number): number {
  const mask = keys.length - 1;
  let slot = key & mask;
  for (let held = keys[slot]; held !== key && held !== NOTHING; held = keys[slot]) slot = (slot + 1) & mask;
  return slot;
}

function grow(table: NumberTable): void {
  const { keys, values } = table;
  table.keys = new Float64Array(keys.length * 4).fill(NOTHING);
  table.values = new Float64Array(keys.length * 4);
  keys.forEach((key, slot) => {
    if (key === NOTHING) return;
    const moved = slotOf(table.keys, key);
    table.keys[moved] = key;
    table.values[moved] = values[slot] ?? Number.NaN;
  });
}
