import { countNames } from "@postmaster/core/report/redact/counted-names.ts";
import { redactLine } from "@postmaster/core/report/redact/redact-line.ts";
import { redactionSummary } from "@postmaster/core/report/redact/redaction-summary.ts";
import type { Redactor } from "@postmaster/core/report/redact/redactor.ts";
import type { CancellationToken, Range } from "vscode-languageserver";
import { createRedactor } from "../../redact/create-redactor.ts";
import { type LogFile, NO_OPEN_LOG } from "../documents.ts";
import { stopIfCancelled } from "../failure.ts";
import { inTurns } from "../in-turns.ts";
import type { RedactParameters, RedactResult } from "../protocol.ts";
import type { Session } from "../session.ts";

/** Characters that are redacted for one copy, in five seconds or so. */
const MOST = 5_000_000;
/** A longer one would keep everybody waiting, and no program logs it. */
const LONGEST_LINE = 50_000;

/** One for an editor's life: what is copied later goes with what was copied before. */
const redactors = new WeakMap<Session, Redactor>();

/**
 * Lines of an open log without what is private in them. Always whole lines: only a whole line tells what is a name. As they were when they were asked for.
 */
export async function onRedact(
  session: Session,
  { uri, ranges }: RedactParameters,
  token: CancellationToken,
): Promise<RedactResult> {
  const document = session.documents.log(uri);
  if (document === null) return nothingRedacted(NO_OPEN_LOG);
  const lines = linesOf(document, ranges);
  if (lines.length === 0) return nothingRedacted("There is no line to copy here.");
  const length = lines.reduce((sum, line) => sum + line.length + 1, 0);
  if (length > MOST) {
    const size = `${Math.ceil(length / 1_000_000)} MB`;
    return nothingRedacted(
      `These lines are ${size}; up to ${MOST / 1_000_000} MB are copied. Select fewer, or run: postmaster redact`,
    );
  }
  const redactor = redactors.get(session) ?? createRedactor(session.engine(), null);
  redactors.set(session, redactor);
  const counted = countNames(redactor.names);
  const redacted: string[] = [];
  let strange = 0;
  function* work(): Generator<void> {
    for (const line of lines) {
      const result = line.length > LONGEST_LINE ? LEFT_OUT : redactLine(line, { ...redactor, names: counted.names });
      if (!result.same) strange += 1;
      redacted.push(result.text);
      yield;
    }
  }
  await inTurns(work(), () => !token.isCancellationRequested);
  stopIfCancelled(token);
  const text = redacted.map((line) => `${line}\n`).join("");
  return { text, summary: redactionSummary(redacted.length, counted.replaced(), strange), problem: null };
}

const LEFT_OUT = { text: "(a line too long for a log was left out)", same: false };

/** The lines that ranges touch, each once, in order; all where there is no range that is not empty. A range that ends before a line's first character does not touch it. */
function linesOf({ log }: LogFile, ranges: readonly Range[]): readonly string[] {
  // Behind the last line break there is no line.
  const count = log.lineText(log.lineCount - 1) === "" ? log.lineCount - 1 : log.lineCount;
  const full = ranges.filter(({ start, end }) => start.line !== end.line || start.character !== end.character);
  if (full.length === 0) return Array.from({ length: count }, (_, line) => log.lineText(line));
  const wanted = new Set<number>();
  for (const { start, end } of full) {
    const until = Math.min(end.character === 0 ? end.line : end.line + 1, count);
    for (let line = Math.max(0, start.line); line < until; line += 1) wanted.add(line);
  }
  return [...wanted].sort((a, b) => a - b).map((line) => log.lineText(line));
}

/** No text, and why. */
function nothingRedacted(problem: string): RedactResult {
  return { text: null, summary: "", problem };
}
