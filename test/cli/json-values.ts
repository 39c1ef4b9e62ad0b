/** A JSON object of unknown contents. */
export type Row = Readonly<Record<string, unknown>>;

export function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value, which must be an object. */
export function rowOf(value: unknown): Row {
  if (!isRow(value)) throw new TypeError(`not an object: ${JSON.stringify(value)}`);
  return value;
}

/** The value, which must be an array. */
export function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`not an array: ${JSON.stringify(value)}`);
  return value;
}

/** What lies in a value under names and indexes, such as `dig(log, "runs", 0, "results")`. */
export function dig(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof key === "number" ? listOf(inner)[key] : rowOf(inner)[key]),
    value,
  );
}
