import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import type { TextLine } from "@postmaster/core/log/text-line.ts";
import type { Played } from "./play.ts";

const engine = createCatalogueEngine();

/** A line that a real Postfix wrote, as we understand it. */
export interface JudgedLine {
  readonly text: string;
  /** The message's template id; null for a line that none fits. */
  readonly template: string | null;
  /** The id of the entry that explains it; null without one. */
  readonly entry: string | null;
  readonly daemon: string;
  /** Something is wrong: by its level, or a mail was refused, put off or sent back. */
  readonly isProblem: boolean;
}

const REFUSED =
  /: (?:reject|reject_warning|milter-reject|discard|hold|proxy-reject): |, status=(?:deferred|bounced|undeliverable|expired)/;
/** What a program of Postfix prints about a problem; the rest of its output is a listing or a result. */
const PRINTED_PROBLEM = /^(?:post[\w-]+|sendmail|newaliases|mailq): (?:warning|error|fatal|panic): /;

export function judgeLine(text: string): JudgedLine {
  const line: TextLine = engine.readText(text);
  return {
    text,
    template: line.template?.templateId ?? null,
    entry: line.entry?.templateId ?? null,
    daemon: line.daemon ?? "",
    isProblem: line.level !== "info" || REFUSED.test(text),
  };
}

/** The lines of a situation: its part of the log, then what its programs complained of. */
export function linesOf({ from, to, printed }: Played, log: Buffer): readonly JudgedLine[] {
  const complaints = printed.split("\n").filter((line) => PRINTED_PROBLEM.test(line));
  return [...linesIn(log, from, to), ...complaints.map(judgeLine)];
}

/** The lines of a part of the log, in bytes. */
export function linesIn(log: Buffer, from: number, to: number): readonly JudgedLine[] {
  const lines = log.subarray(from, to).toString("utf8").split("\n");
  return lines.filter((line) => line !== "").map(judgeLine);
}

export function entriesIn(lines: readonly JudgedLine[]): ReadonlySet<string> {
  return new Set(lines.flatMap(({ entry }) => (entry === null ? [] : [entry])));
}

/** Lines that we do not understand: no template fits, or something is wrong and nothing says what. */
export function gapsIn(lines: readonly JudgedLine[]): readonly string[] {
  return lines.flatMap(({ text, template, entry, isProblem }) => [
    ...(template === null ? [`not recognised: ${text}`] : []),
    ...(isProblem && entry === null ? [`not explained: ${text}`] : []),
  ]);
}

/** What may come at any moment and says nothing of the situation: the clocks of a virtual machine's disk and processor. */
const ANY_TIME: ReadonlySet<string> = new Set(["queue-clock-differs"]);

/** Everything that is not as it must be with the lines of a situation. */
export function problemsOf({ situation, problem }: Played, lines: readonly JudgedLine[]): readonly string[] {
  const found = entriesIn(lines);
  const expected = new Set(situation.expect);
  return [
    ...(problem === null ? [] : [problem]),
    ...gapsIn(lines),
    ...[...expected].filter((id) => !found.has(id)).map((id) => `no line is explained by ${id}`),
    ...lines
      .filter(({ entry }) => entry !== null && !expected.has(entry) && !ANY_TIME.has(entry))
      .map(({ entry, text }) => `explained by ${entry ?? ""}, which is not expected: ${text}`),
  ];
}
