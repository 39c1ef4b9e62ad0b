import { type OpenLog, openLog } from "@postmaster/core/features/open-log.ts";
import { lacksLines, openTrace } from "@postmaster/core/features/trace/open-trace.ts";
import { createLogDocument, type LogDocument } from "@postmaster/core/log/log-document.ts";
import type { TimeReference } from "@postmaster/core/log/log-time.ts";
import type { Trace } from "@postmaster/core/trace/trace.ts";
import type { Position } from "vscode-languageserver";
import { type LogFile, pathOf } from "./documents.ts";
import { inTurns } from "./in-turns.ts";
import { type OlderLog, olderLogThat } from "./older-log.ts";
import type { Session } from "./session.ts";

/** A story and the paths or URIs of the logs it is told by, by `place.source`. */
export interface ToldTrace {
  readonly trace: Trace;
  readonly logs: readonly string[];
}

/** Characters of a log that is put behind its older part to be read as one: a longer one is told by itself. */
const LONGEST = 16 * 1024 * 1024;

/**
 * The story of the mail at a place of an open log; where lines of it are missing, also by the end of the file that was rotated away before, if that has a line
 * about one of its mails. Null where there is no mail.
 */
export async function traceAt(
  session: Session,
  document: LogFile,
  { line, character }: Position,
  time: TimeReference,
): Promise<ToldTrace | null> {
  const own = document.log;
  const logs = [pathOf(document.uri) ?? document.uri];
  const trace = openTrace(own, line, character, time);
  if (trace === null || !lacksLines(trace)) return trace === null ? null : { trace, logs };
  const ids = idsOf(trace);
  const older = await olderLogThat(session, document, (lines) => names(lines, ids));
  const text = older === null ? null : textOf(own);
  if (older === null || older.linesBefore === null || text === null) return { trace, logs };
  const whole = await traceAcross(session, older, text, { line, character }, time);
  return whole === null ? { trace, logs } : { trace: whole, logs: [...logs, pathOf(older.uri) ?? older.uri] };
}

/** The ids that stand in a story's lines, those without lines of their own too. */
function idsOf({ mails }: Trace): readonly string[] {
  const ids = mails.flatMap(({ queueId, steps }) => [
    queueId,
    ...steps.flatMap(({ said }) =>
      said.kind === "delivery" ? said.nextIds : said.kind === "notification" ? [said.newQueueId] : [],
    ),
  ]);
  return [...new Set(ids)];
}

function names(lines: LogDocument, ids: readonly string[]): boolean {
  for (let line = 0; line < lines.lineCount; line += 1) {
    const text = lines.lineText(line);
    if (ids.some((id) => text.includes(id))) return true;
  }
  return false;
}

/** Null for a log that is too long. */
function textOf(log: OpenLog): string | null {
  const lines: string[] = [];
  let length = 0;
  for (let line = 0; line < log.lineCount; line += 1) {
    const text = log.lineText(line);
    length += text.length + 1;
    if (length > LONGEST) return null;
    lines.push(text);
  }
  return lines.join("\n");
}

async function traceAcross(
  session: Session,
  { log, linesBefore }: OlderLog,
  text: string,
  { line, character }: Position,
  time: TimeReference,
): Promise<Trace | null> {
  const before: string[] = [];
  for (let at = 0; at < log.lineCount; at += 1) before.push(log.lineText(at));
  // A file ends with a line break: what stands behind it is no line.
  if (before.at(-1) === "") before.pop();
  const both = openLog(createLogDocument(session.engine(), `${before.join("\n")}\n${text}`, 0));
  await inTurns(both.ids.reading(), () => true);
  const first = before.length;
  return openTrace(both, first + line, character, time, (at) =>
    at < first ? { source: 1, line: (linesBefore ?? 0) + at + 1 } : { source: 0, line: at - first + 1 },
  );
}
