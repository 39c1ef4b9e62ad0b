import { entryById } from "../catalogue/catalogue.ts";
import type { CatalogueEntry, EntrySeverity } from "../catalogue/entry.ts";
import { fill, placesOf } from "../catalogue/fill.ts";
import type { Cause } from "../cause/find-causes.ts";
import type { TextLine } from "../log/text-line.ts";
import type { Span } from "../text/span.ts";
import { truncate } from "../text/truncate.ts";
import { visibleText } from "../text/visible-text.ts";
import { causeMessage, causeSentence } from "./cause/cause-words.ts";
import { entryAddress } from "./entry-markdown.ts";
import { shownValuesOf, type ValueOf } from "./line-values.ts";
import type { Settings } from "./settings.ts";
import { tellingSpan } from "./telling-span.ts";

/** A problem line of a log. */
export interface LogProblem {
  /** Zero-based. */
  readonly line: number;
  /** UTF-16 code units from the start of the line. */
  readonly span: Span;
  readonly severity: EntrySeverity;
  /** The catalogue entry's id. */
  readonly code: string;
  /** Where to read on. */
  readonly href: string | null;
  /** Plain text without control characters; the title and one sentence about this line, a line break between. */
  readonly message: string;
  /** Nobody has to do anything about it. */
  readonly isBenign: boolean;
  /** The earlier lines that led to this one, the nearest first, the root last. */
  readonly causes: readonly CauseLine[];
}

/** An earlier line of the same log. */
export interface CauseLine {
  /** Zero-based. */
  readonly line: number;
  readonly span: Span;
  /** As logged, plain text without control characters. */
  readonly message: string;
}

interface ProblemLine {
  readonly line: number;
  readonly entryId: string;
}

/** The part of a log document that diagnostics need. */
export interface ProblemLines {
  /** In order of lines. The same object stands for the same text, wherever its line has moved. */
  problems(): readonly ProblemLine[];
  lineText(line: number): string;
  line(line: number): TextLine;
}

/** What led to a line of the log. */
type CausesOf = (line: number) => readonly Cause[];

export type ProblemLimits = Pick<Settings, "maxPerEntry" | "maxProblems" | "showBenign">;

/**
 * One problem a line, from the start of the log. A busy log has 100,000 of a kind, so both each kind and the whole are capped; the last one
 * listed of what was cut short says how many more there are.
 */
export function logDiagnostics(log: ProblemLines, limits: ProblemLimits, causesOf: CausesOf): readonly LogProblem[] {
  const listed: { problem: ProblemLine; entry: CatalogueEntry }[] = [];
  const kinds = new Map<string, { count: number; shown: number; last: number }>();
  let total = 0;
  for (const problem of log.problems()) {
    const { entryId } = problem;
    const entry = entryById(entryId);
    if (entry === null || (entry.severity === "hint" && !limits.showBenign)) continue;
    total += 1;
    const kind = kinds.get(entryId) ?? { count: 0, shown: 0, last: -1 };
    kinds.set(entryId, kind);
    kind.count += 1;
    if (kind.shown === limits.maxPerEntry || listed.length === limits.maxProblems) continue;
    kind.shown += 1;
    kind.last = listed.length;
    listed.push({ problem, entry });
  }

  return listed.map(({ problem, entry }, index) => {
    const kind = kinds.get(entry.id);
    const more: string[] = [];
    if (kind !== undefined && kind.last === index && kind.count > kind.shown) {
      more.push(`${amount(kind.count - kind.shown)} more of this kind are in this log and not listed.`);
    }
    if (index === listed.length - 1 && kinds.size > 1 && total > listed.length) {
      more.push(`${amount(total - listed.length)} problems of this log in all are not listed.`);
    }
    return toProblem(log, problem, entry, causesOf(problem.line), more);
  });
}

/** What is said of a line whatever stands around it: a log that grows is told of again with every line. */
const told = new WeakMap<ProblemLine, { readonly span: Span; readonly words: string }>();

function tell(log: ProblemLines, problem: ProblemLine, entry: CatalogueEntry): { span: Span; words: string } {
  const known = told.get(problem);
  if (known !== undefined) return known;
  const text = log.lineText(problem.line);
  const line = log.line(problem.line);
  const made = { span: tellingSpan(text, line), words: problemMessage(entry, shownValuesOf(line.entry)) };
  told.set(problem, made);
  return made;
}

function toProblem(
  log: ProblemLines,
  problem: ProblemLine,
  entry: CatalogueEntry,
  causes: readonly Cause[],
  more: readonly string[],
): LogProblem {
  const { span, words } = tell(log, problem, entry);
  return {
    line: problem.line,
    span,
    severity: entry.severity,
    code: entry.id,
    href: entryAddress(entry),
    message: [words, causeSentence(causes), ...more].filter((part) => part !== null).join("\n"),
    isBenign: entry.severity === "hint",
    causes: causes.map((cause) => ({
      line: cause.line,
      span: tellingSpan(cause.text, cause.read),
      message: causeMessage(cause),
    })),
  };
}

/** The entry's title and the sentence of its meaning that speaks of this line's values, as plain text. */
export function problemMessage(entry: CatalogueEntry, valueOf: ValueOf): string {
  const all = sentences(entry.sections.meaning.replaceAll("`", "").replaceAll("\n", " "));
  const last = Math.max(
    0,
    all.findIndex((one) => placesOf(one).length > 0),
  );
  // A sentence that points back is not understood without the one before it.
  let first = last;
  while (first > 0 && BACK_REFERENCES.has((all[first] ?? "").split(" ", 1)[0] ?? "")) first -= 1;
  const filled = fill(all.slice(first, last + 1).join(" "), valueOf, (value) =>
    visibleText(truncate(value, LONGEST_VALUE)),
  );
  return `${entry.title}\n${filled}`;
}

const LONGEST_VALUE = 120;
const BACK_REFERENCES = new Set(["It", "That", "This", "These", "They"]);

/** Split behind each full stop before a blank. */
function sentences(text: string): readonly string[] {
  const found: string[] = [];
  let start = 0;
  for (let at = text.indexOf(". "); at !== -1; at = text.indexOf(". ", at + 1)) {
    found.push(text.slice(start, at + 1));
    start = at + 2;
  }
  found.push(text.slice(start));
  return found;
}

/** `99,900`: the same everywhere, since the messages are in English. */
function amount(count: number): string {
  let digits = String(count);
  let result = "";
  while (digits.length > 3) {
    result = `,${digits.slice(-3)}${result}`;
    digits = digits.slice(0, -3);
  }
  return digits + result;
}
