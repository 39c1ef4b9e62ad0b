import { FINDING_SEVERITIES, type FindingSeverity } from "./finding.ts";

/** What was found, listed or not. */
export interface FindingCounts {
  /** One, or several at once. @returns how many of this kind there are in this file now, these included */
  add(file: string, id: string, severity: FindingSeverity, several?: number): number;
  /** One, or several, that were found but are not listed. */
  hide(several?: number): void;
  readonly total: number;
  /** One line for people: everything counted, whatever was listed. */
  summary(files: number): string;
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
  let hidden = 0;
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
    hide(several = 1) {
      hidden += several;
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
      const rest =
        hidden === 0 ? "" : ` ${amount(hidden, "of them is", "of them are")} not listed (--cap 0 lists all).`;
      return `Found ${kinds.join(", ")} ${where}.${rest}`;
    },
  };
}

/** `1 file`, `12,345 files`: the same everywhere, since the messages are in English. */
function amount(count: number, one: string, many: string): string {
  let digits = String(count);
  let grouped = "";
  while (digits.length > 3) {
    grouped = `,${digits.slice(-3)}${grouped}`;
    digits = digits.slice(0, -3);
  }
  return `${digits}${grouped} ${count === 1 ? one : many}`;
}
