import type { Because, Evidence } from "../catalogue/because.ts";
import type { TextLine } from "../log/text-line.ts";
import type { ExplainedLine, ExplainedLines } from "./explained-line.ts";
import type { Services } from "./service-program.ts";
import { type Tie, tieOf } from "./tie.ts";

/** An earlier line that explains another. */
export interface Cause {
  readonly line: number;
  readonly entryId: string;
  readonly text: string;
  readonly read: TextLine;
  readonly evidence: Evidence;
}

/** The rules of an entry, by its id; none for an entry whose lines speak for themselves. */
export type RulesOf = (entryId: string) => readonly Because[];

/** A cause has a cause, which has a cause: `throttling`, `exit status 1`, `fatal`. */
const LONGEST_CHAIN = 6;
/** Explained lines looked back over, and how many of them are read, for one step of a chain. */
const MOST_PASSED = 3000;
const MOST_READ = 100;

/**
 * What led to a line: the line that explains it, the one that explains that, and so on; the last is the root. Empty where no earlier line is
 * tied to it by the evidence its entry demands. Bounded work, however long the log.
 */
export function findCauses(
  symptom: { readonly line: number; readonly entryId: string; readonly read: TextLine },
  lines: ExplainedLines,
  rulesOf: RulesOf,
  services: Services,
): readonly Cause[] {
  const chain: Cause[] = [];
  let from = symptom;
  while (chain.length < LONGEST_CHAIN) {
    const cause = nearest(from, lines, rulesOf(from.entryId), services);
    if (cause === null) break;
    chain.push(cause);
    from = cause;
  }
  return chain;
}

/** By the first rule that any line satisfies; of its lines the nearest. */
function nearest(
  symptom: { readonly line: number; readonly read: TextLine },
  lines: ExplainedLines,
  rules: readonly Because[],
  services: Services,
): Cause | null {
  const ties = rules.flatMap((rule) => tieOf(rule, symptom.read, services) ?? []);
  if (ties.length === 0) return null;
  let best: Cause | null = null;
  let open: readonly Tie[] = ties;
  let passed = 0;
  let read = 0;
  for (const earlier of lines.before(symptom.line)) {
    passed += 1;
    if (passed > MOST_PASSED || read > MOST_READ || open.length === 0) break;
    const likely = open.filter((tie) => mayShow(tie, earlier));
    if (likely.length === 0) continue;
    read += 1;
    const line = earlier.read();
    const shown = likely.find((tie) => isNamed(tie, earlier, line) && tie.isShownBy(line));
    if (shown === undefined) continue;
    best = { line: earlier.line, entryId: earlier.entryId, text: earlier.text, read: line, evidence: shown.rule.by };
    // Only a rule that comes before may still find a better one.
    open = open.slice(0, open.indexOf(shown));
  }
  return best;
}

/** Decides without reading the line. */
function mayShow({ rule, needle }: Tie, { entryId, text }: ExplainedLine): boolean {
  const mayBeNamed = rule.levels.length > 0 || rule.lines.some((id) => id === entryId || id.includes("/"));
  return mayBeNamed && text.includes(needle);
}

function isNamed({ rule }: Tie, { entryId }: ExplainedLine, line: TextLine): boolean {
  if (rule.lines.includes(entryId) || rule.levels.includes(line.level)) return true;
  return line.template !== null && rule.lines.includes(line.template.templateId);
}
