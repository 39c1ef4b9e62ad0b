import { countText } from "../text/counted.ts";
import { FINDING_SEVERITIES, type FindingSeverity } from "./finding.ts";

/** What was found, listed or not. */
export interface FindingCounts {
  /** One, or several at once. @returns how many of this kind there are in this file now, these included */
  add(file: string, id: string, severity: FindingSeverity, several?: number): number;
  /** One of a kind, or several, that were found but are not listed. */
  hide(kind: HiddenKind, several?: number): void;
  readonly total: number;
  /** One line for people: everything counted, whatever was listed. */
  summary(files: number): string;
  /** Lines for people: how many of which kind are not listed, the worst kind first. Empty where all are. */
  hiddenKinds(): readonly string[];
}

/** A kind of finding of which only some are listed. */
export interface HiddenKind {
  readonly id: string;
  readonly severity: FindingSeverity;
  readonly title: string;
}

const NOUNS: Readonly<Record<FindingSeverity, readonly [string, string]>> = {
  error: ["error", "errors"],
  warning: ["warning", "warnings"],
  info: ["note", "notes"],
  hint: ["hint", "hints"],
};

/** Counters in constant memory: a number a severity, and a number a kind for the file that is being read. */
export function countFindings(): FindingCounts {
  const bySeverity = new Map<FindingSeverity, number>();
  let byId = new Map<string, number>();
  let current = "";
  let total = 0;
  const hidden = new Map<string, { readonly kind: HiddenKind; count: number }>();

  return {
    add(file, id, severity, several = 1) {
      if (file !== current) {
        byId = new Map();
        current = file;
      }
      total += several;
      bySeverity.set(severity, (bySeverity.get(severity) ?? 0) + several);
      const count = (byId.get(id) ?? 0) + several;
      byId.set(id, count);
      return count;
    },
    hide(kind, several = 1) {
      const known = hidden.get(kind.id);
      if (known === undefined) hidden.set(kind.id, { kind, count: several });
      else known.count += several;
    },
    get total() {
      return total;
    },
    summary(files) {
      const where = `in ${amount(files, "file", "files")}`;
      if (files === 0 && total === 0) return "Nothing was checked.";
      if (total === 0) return `Nothing found ${where}.`;
      const kinds = FINDING_SEVERITIES.flatMap((severity) => {
        const count = bySeverity.get(severity) ?? 0;
        return count === 0 ? [] : [amount(count, ...NOUNS[severity])];
      });
      let more = 0;
      for (const { count } of hidden.values()) more += count;
      const rest = more === 0 ? "" : ` ${amount(more, "of them is", "of them are")} not listed (--cap 0 lists all).`;
      return `Found ${kinds.join(", ")} ${where}.${rest}`;
    },
    hiddenKinds() {
      const worst = [...hidden.values()].sort(
        (one, other) => rank(one.kind) - rank(other.kind) || other.count - one.count,
      );
      const numbers = worst.map(({ count }) => countText(count));
      const width = Math.max(0, ...numbers.map((number) => number.length));
      return worst.map(
        ({ kind }, index) =>
          `${(numbers[index] ?? "").padStart(width)} more: ${kind.severity}: ${kind.title} [${kind.id}]`,
      );
    },
  };
}

function rank({ severity }: HiddenKind): number {
  return FINDING_SEVERITIES.indexOf(severity);
}

/** `1 file`, `12,345 files`. */
function amount(count: number, one: string, many: string): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}
