import type { TimeReference } from "@postmaster/core/log/log-time.ts";
import { traceContent, traceTitle } from "@postmaster/core/report/trace/trace-content.ts";
import type { CancellationToken } from "vscode-languageserver";
import { timeZone } from "../../host/time-zone.ts";
import { NO_OPEN_LOG } from "../documents.ts";
import { stopIfCancelled } from "../failure.ts";
import { logWithMails } from "../open-logs.ts";
import type { TraceParameters, TraceResult } from "../protocol.ts";
import { traceAt } from "../rotated-trace.ts";
import type { Session } from "../session.ts";

/** The story of the mail at a place of an open log. */
export async function onTrace(
  session: Session,
  { uri, line, character }: TraceParameters,
  token: CancellationToken,
): Promise<TraceResult> {
  const document = await logWithMails(session, uri, token);
  if (document === null) return noTrace(NO_OPEN_LOG);
  const told = await traceAt(session, document, { line, character }, timeNow());
  stopIfCancelled(token);
  if (told === null) return noTrace("This line is about no mail: put the cursor on a line with a queue id.");
  const { trace, logs } = told;
  return { title: traceTitle(trace), html: traceContent(trace, logs).html, problem: null };
}

/** A trace that is not to be had, and why. */
export function noTrace(problem: string): TraceResult {
  return { title: "", html: null, problem };
}

/** Stamps without a year or a zone are of the last twelve months here. */
export function timeNow(): TimeReference {
  return { notAfter: Date.now(), zone: timeZone(null) };
}
