/** One line of the result: what was measured, beside what, and whether it keeps its floor. */
export interface Row {
  readonly what: string;
  /** With its unit. */
  readonly measured: string;
  /** What it is compared with, with its unit; empty for none. */
  readonly beside: string;
  /** The floor in words; empty where there is none. */
  readonly floor: string;
  /** Null where there is no floor, or where it could not be measured: `beside` says why. */
  readonly holds: boolean | null;
}

export function milliseconds(value: number): string {
  return value < 10
    ? `${value.toFixed(2)} ms`
    : value < 10_000
      ? `${value.toFixed(0)} ms`
      : `${(value / 1000).toFixed(1)} s`;
}

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** A table in Markdown. */
export function tableOf(rows: readonly Row[]): string {
  const verdict = ({ holds }: Row): string => (holds === null ? "" : holds ? "yes" : "**NO**");
  const lines = rows.map((row) => `| ${row.what} | ${row.measured} | ${row.beside} | ${row.floor} | ${verdict(row)} |`);
  return ["| what | measured | beside | floor | holds |", "|---|---|---|---|---|", ...lines, ""].join("\n");
}
