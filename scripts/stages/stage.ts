/** How a stage of `npm test` ended. */
export type Outcome =
  | { readonly kind: "passed"; readonly passed: number; readonly note?: string }
  | { readonly kind: "failed"; readonly passed: number; readonly failed: number; readonly reason: string }
  /** Something is missing that we may not or cannot install; `reason` says what to do. */
  | { readonly kind: "not run"; readonly reason: string };

/** One step of `npm test`. Counts are of single tests where a stage has them, else one check a stage. */
export interface Stage {
  /** What `--only` calls it. */
  readonly name: string;
  /** What it does, as the heading above its output. */
  readonly title: string;
  /** Debian names of system packages it cannot do without; all stand in scripts/lib/system-packages.json. */
  readonly needs: readonly string[];
  run(): Promise<Outcome>;
}

export function passed(count = 1, note?: string): Outcome {
  return note === undefined ? { kind: "passed", passed: count } : { kind: "passed", passed: count, note };
}

export function failed(reason: string, counts = { passed: 0, failed: 1 }): Outcome {
  return { kind: "failed", ...counts, reason };
}
