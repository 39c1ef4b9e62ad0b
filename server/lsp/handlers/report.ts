import { pathToFileURL } from "node:url";
import { reportContent } from "@postmaster/core/report/log/html/report-content.ts";
import { readQuery } from "@postmaster/core/report/log/line-query.ts";
import type { CancellationToken } from "vscode-languageserver";
import { TIME_HERE } from "../../host/time-reference.ts";
import { findLines } from "../../report/find-lines.ts";
import { type FoundLogs, findLogs } from "../../report/find-logs.ts";
import { type LiveReport, startLiveReport } from "../../report/live-report.ts";
import type { Watcher } from "../../report/run-over-logs.ts";
import { watchFiles } from "../../tail/watch-files.ts";
import { pathOf } from "../documents.ts";
import { stopIfCancelled } from "../failure.ts";
import type { ReportLinesParameters, ReportLinesResult, ReportParameters, ReportResult } from "../protocol.ts";
import type { Session } from "../session.ts";
import { unsavedLog } from "./unsaved-log.ts";

/** Rows of a list, and lines behind a number: more than anybody reads. */
const MOST_ROWS = 50;
const MOST_LINES = 5000;

/** What logs tell in all, as HTML for a view. The logs are read from disk, whatever their size: the editor need not have them open. It is kept up to date. */
export async function onReport(
  session: Session,
  { id, uris }: ReportParameters,
  token: CancellationToken,
): Promise<ReportResult> {
  await closeReport(session, id);
  const found = await logsOf(session, uris);
  const live = await startLiveReport(found, TIME_HERE, () => session.engine(), watcherOf(session, id, token));
  if (token.isCancellationRequested) await live.close();
  stopIfCancelled(token);
  keepUpToDate(session, id, live);
  return resultOf(live);
}

/** Of the reports that are kept up to date, by session and id: what ends that. */
const open = new WeakMap<Session, Map<string, () => Promise<void>>>();

/** How often a growing log's report is shown anew at most, ms. */
const PAUSE = 1000;

function keepUpToDate(session: Session, id: string, live: LiveReport): void {
  let isDue = false;
  let shown = performance.now();
  const watching = watchFiles(live.files, false, async () => {
    isDue = (await live.look()) || isDue;
    if (!isDue || performance.now() - shown < PAUSE) return;
    isDue = false;
    shown = performance.now();
    await session.connection
      .sendNotification("postmaster/reportChanged", { id, ...resultOf(live) })
      .catch(() => undefined);
  });
  const ends = open.get(session) ?? new Map<string, () => Promise<void>>();
  open.set(session, ends);
  ends.set(id, async () => {
    watching.close();
    await live.close();
  });
}

/** Its view was closed. */
export async function closeReport(session: Session, id: string): Promise<void> {
  const end = open.get(session)?.get(id);
  open.get(session)?.delete(id);
  await end?.();
}

export async function closeReports(session: Session): Promise<void> {
  await Promise.all([...(open.get(session)?.keys() ?? [])].map((id) => closeReport(session, id)));
}

function resultOf(live: LiveReport): ReportResult {
  return { html: reportContent(live.report(MOST_ROWS), { isLive: true }).html };
}

/** The lines that a number of a report counts. */
export async function onReportLines(
  session: Session,
  { id, uris, query: text }: ReportLinesParameters,
  token: CancellationToken,
): Promise<ReportLinesResult | null> {
  const query = readQuery(text);
  if (query === null) return null;
  const found = await logsOf(session, uris);
  const { lines, total } = await findLines(
    found,
    query,
    MOST_LINES,
    () => session.engine(),
    watcherOf(session, id, token),
  );
  stopIfCancelled(token);
  return {
    lines: lines.map(({ log, line, text: words }) => ({ uri: uriOf(log), line: line - 1, text: words })),
    total,
  };
}

async function logsOf(session: Session, uris: readonly string[]): Promise<FoundLogs> {
  const unsaved = uris.flatMap((uri) => (pathOf(uri) === null ? (unsavedLog(session.documents, uri) ?? []) : []));
  const found = await findLogs(
    uris.flatMap((uri) => pathOf(uri) ?? []),
    TIME_HERE,
  );
  return { logs: [...found.logs, ...unsaved], unreadable: found.unreadable };
}

/** Logs are named by their path; those that were never saved by their URI. */
function uriOf(name: string): string {
  return name.startsWith("untitled:") ? name : pathToFileURL(name).href;
}

const LEAST_PROGRESS = 0.01;

function watcherOf({ connection }: Session, id: string, token: CancellationToken): Watcher {
  let told = 0;
  return {
    worksHere: false,
    isCancelled: () => token.isCancellationRequested,
    onProgress(part) {
      if (part - told < LEAST_PROGRESS) return;
      told = part;
      connection.sendNotification("postmaster/reportProgress", { id, part }).catch(() => undefined);
    },
  };
}
