/**
 * Reads one row of a generated fact table. The tables are JSON of many shapes; these readers narrow each value where it is used
 * and give the neutral value (null, empty, false) where a row does not have it.
 */
export type FactRow = Readonly<Record<string, unknown>>;

export function factRow(value: unknown): FactRow {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

export function factRows(value: unknown): readonly FactRow[] {
  return Array.isArray(value) ? value.map(factRow) : [];
}

export function factText(row: FactRow, key: string): string | null {
  const value = row[key];
  return typeof value === "string" ? value : null;
}

export function factNumber(row: FactRow, key: string): number | null {
  const value = row[key];
  return typeof value === "number" ? value : null;
}

export function factFlag(row: FactRow, key: string): boolean {
  return row[key] === true;
}

export function factTexts(row: FactRow, key: string): readonly string[] {
  const value = row[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** A mapping of texts, such as defaults by platform. */
export function factTextMap(row: FactRow, key: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(factRow(row[key]))) if (typeof value === "string") found.set(name, value);
  return found;
}

/** The release that introduced something; null for what is as old as the fact tables reach (Postfix 1.1). */
export function factSince(row: FactRow): string | null {
  const since = factText(row, "since");
  return since === null || since.startsWith("<=") ? null : since;
}

/** One of the words a fact table may use; a word nobody expects is a mistake in the table and stops the tests at import. */
export function factWord<Word extends string>(row: FactRow, key: string, words: readonly Word[]): Word {
  const value = factText(row, key);
  const found = words.find((word) => word === value);
  if (found === undefined) {
    const name = factText(row, "name") ?? "a row without a name";
    throw new TypeError(`fact table: "${key}" of ${name} is ${String(value)}, not one of ${words.join(", ")}`);
  }
  return found;
}
