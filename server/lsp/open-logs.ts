import type { OpenLog } from "@postmaster/core/features/open-log.ts";
import type { CancellationToken, Position } from "vscode-languageserver";
import type { LogFile } from "./documents.ts";
import { inTurns, unlessCancelled } from "./in-turns.ts";
import type { Session } from "./session.ts";

/** What a log reads on the way to an answer: `isDone` once there is nothing left, until the log changes. */
interface Reading {
  isDone(log: OpenLog): boolean;
  readonly steps: (log: OpenLog) => Generator<void>;
  /** Under way, by log: who asks next waits for the same. */
  readonly running: WeakMap<OpenLog, Promise<void>>;
}

const PROBLEMS: Reading = { isDone: (log) => log.isRead, steps: (log) => log.reading(), running: new WeakMap() };
const MAILS: Reading = { isDone: (log) => log.ids.isWhole, steps: (log) => log.ids.reading(), running: new WeakMap() };

/**
 * An open log of which every line was looked at for problems; null if it is none, or no longer open. A large one is read in turns with everything else, and
 * what changes add in the meantime is read too.
 */
export function logWithProblems(session: Session, uri: string, token: CancellationToken): Promise<LogFile | null> {
  return whole(session, uri, PROBLEMS, token);
}

/** The same for the places of queue ids. */
export function logWithMails(session: Session, uri: string, token: CancellationToken): Promise<LogFile | null> {
  return whole(session, uri, MAILS, token);
}

/** The same where an id stands at a place; elsewhere the log as it is. */
export async function logWithMailAt(
  session: Session,
  uri: string,
  { line, character }: Position,
  token: CancellationToken,
): Promise<LogFile | null> {
  const document = session.documents.log(uri);
  if (document === null) return null;
  return document.log.ids.isAt(line, character) ? logWithMails(session, uri, token) : document;
}

/** Waits for the mails of a log, but no longer than nobody notices who points at something; the reading goes on. */
export async function waitAMomentForMails(session: Session, uri: string, token: CancellationToken): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const moment = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, MOMENT_MS);
  });
  try {
    await Promise.race([logWithMails(session, uri, token), moment]);
  } finally {
    clearTimeout(timer);
  }
}

const MOMENT_MS = 30;

/** Begins to read the problems of a log where nobody has asked for them yet. */
export function beginReading(session: Session, document: LogFile): void {
  if (!document.log.isRead) void start(session, document, PROBLEMS);
}

async function whole(
  session: Session,
  uri: string,
  reading: Reading,
  token: CancellationToken,
): Promise<LogFile | null> {
  for (;;) {
    const document = session.documents.log(uri);
    if (document === null) return null;
    if (reading.isDone(document.log)) return document;
    // oxlint-disable-next-line no-await-in-loop -- what changes while it is read is read next
    await unlessCancelled(start(session, document, reading), token);
  }
}

function start(session: Session, { uri, log }: LogFile, { steps, running }: Reading): Promise<void> {
  const known = running.get(log);
  if (known !== undefined) return known;
  const isOpen = (): boolean => session.documents.log(uri)?.log === log;
  const begun = inTurns(steps(log), isOpen).finally(() => running.delete(log));
  running.set(log, begun);
  return begun;
}
