import { mailLine } from "@postmaster/core/features/trace/mail-summary.ts";
import { openTrace } from "@postmaster/core/features/trace/open-trace.ts";
import { LINK_WORDS } from "@postmaster/core/report/trace/link-words.ts";
import type { Link } from "@postmaster/core/trace/links.ts";
import type { Mail } from "@postmaster/core/trace/mail.ts";
import {
  type CallHierarchyIncomingCall,
  type CallHierarchyIncomingCallsParams,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type CallHierarchyOutgoingCallsParams,
  type CallHierarchyPrepareParams,
  type CancellationToken,
  type Range,
  SymbolKind,
} from "vscode-languageserver";
import type { LogFile } from "../documents.ts";
import { logWithMailAt, logWithMails } from "../open-logs.ts";
import { rangeInLine } from "../positions.ts";
import type { Session } from "../session.ts";
import { timeNow } from "./trace.ts";

/*
 * The hops of a mail as a call hierarchy: a queue file "calls" those that came of it. Where one line names the other's id, that is the call.
 */

/** On a queue id: its mail. */
export async function onPrepareCallHierarchy(
  session: Session,
  { textDocument, position }: CallHierarchyPrepareParams,
  token: CancellationToken,
): Promise<CallHierarchyItem[] | null> {
  const log = await logWithMailAt(session, textDocument.uri, position, token);
  const mail = log?.log.ids.mailAt(position.line, position.character) ?? null;
  const first = mail?.own[0];
  if (log === null || mail === null || first === undefined) return null;
  return [itemOf(log, mail.id, first.line)];
}

/** The mails it came of. */
export async function onIncomingCalls(
  session: Session,
  { item }: CallHierarchyIncomingCallsParams,
  token: CancellationToken,
): Promise<CallHierarchyIncomingCall[]> {
  const log = await logWithMails(session, item.uri, token);
  if (log === null) return [];
  return linksOf(log, item)
    .filter(({ to }) => isItem(to, item))
    .map((link) => ({ from: mailItem(log, link.from, link), fromRanges: placesOn(log, link.from, link.to) }));
}

/** The mails that came of it. */
export async function onOutgoingCalls(
  session: Session,
  { item }: CallHierarchyOutgoingCallsParams,
  token: CancellationToken,
): Promise<CallHierarchyOutgoingCall[]> {
  const log = await logWithMails(session, item.uri, token);
  if (log === null) return [];
  return linksOf(log, item)
    .filter(({ from }) => isItem(from, item))
    .map((link) => ({ to: mailItem(log, link.to, link), fromRanges: placesOn(log, link.from, link.to) }));
}

function linksOf({ log }: LogFile, { range }: CallHierarchyItem): readonly Link[] {
  const { line, character } = range.start;
  return openTrace(log, line, character, timeNow())?.links ?? [];
}

function isItem({ queueId, steps }: Mail, { name, range }: CallHierarchyItem): boolean {
  return queueId === name && steps[0]?.place.line === range.start.line + 1;
}

function mailItem(log: LogFile, { queueId, steps }: Mail, { kind, from }: Link): CallHierarchyItem {
  const item = itemOf(log, queueId, (steps[0]?.place.line ?? 1) - 1);
  return { ...item, detail: `${LINK_WORDS[kind]} ${from.queueId} · ${item.detail ?? ""}` };
}

function itemOf({ uri, log }: LogFile, id: string, line: number): CallHierarchyItem {
  const start = Math.max(0, log.lineText(line).indexOf(id));
  const range = rangeInLine(line, { start, end: start + id.length });
  return {
    name: id,
    kind: SymbolKind.Event,
    detail: mailLine(log, line, start) ?? "",
    uri,
    range,
    selectionRange: range,
  };
}

/** Where the lines of one mail name the other; its first line where none does (a filter that names no ids). */
function placesOn({ log }: LogFile, from: Mail, to: Mail): Range[] {
  const ranges = from.steps.flatMap(({ place }) => {
    const line = place.line - 1;
    const start = log.lineText(line).lastIndexOf(to.queueId);
    return start === -1 ? [] : [rangeInLine(line, { start, end: start + to.queueId.length })];
  });
  if (ranges.length > 0) return ranges;
  const first = (from.steps[0]?.place.line ?? 1) - 1;
  return [rangeInLine(first, { start: 0, end: log.lineText(first).length })];
}
