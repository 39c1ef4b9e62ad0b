import path from "node:path";
import { firstTime, lastTime, type PlacedCause } from "@postmaster/core/features/cause/log-causes.ts";
import type { OpenLog } from "@postmaster/core/features/open-log.ts";
import type { FilePort, FileTail } from "@postmaster/core/io/file-port.ts";
import { createLogDocument, type LogDocument } from "@postmaster/core/log/log-document.ts";
import { logTimeMs } from "@postmaster/core/log/log-time.ts";
import { olderNeighbours } from "@postmaster/core/log/rotation.ts";
import { timeZone } from "../host/time-zone.ts";
import { type LogFile, pathOf } from "./documents.ts";
import { inTurns } from "./in-turns.ts";
import type { Session } from "./session.ts";

/** The end of the file that was rotated away from an open log. */
export interface OlderLog {
  readonly uri: string;
  /** Its name in the log's folder. */
  readonly name: string;
  readonly isCompressed: boolean;
  readonly log: LogDocument;
  /** How many lines of the file stand before those of `log`; null where that is not known. */
  readonly linesBefore: number | null;
}

/** Evidence reaches back a minute, and most mails are gone after one: so many bytes are that of a very busy server. */
const TAIL = 4 * 1024 * 1024;
/** Between the last line of the older file and the first of the newer one, ms; a file of another year is no part of the same log. */
const LONGEST_GAP = 86_400_000;

/**
 * The older file in which the cause of a line stands. Null where the open log itself tells all there is, and where there is no such file or no such line.
 * Files are looked at only if the evidence for the line may reach back so far, and an unchanged one is read once.
 */
export async function olderLogOf(session: Session, document: LogFile, line: number): Promise<OlderLog | null> {
  const { causes } = document.log;
  if (!causes.mayReachBefore(line)) return null;
  return olderLogThat(session, document, (older) => causes.across(line, older).some(({ isOlder }) => isOlder));
}

/** Of the files that were rotated away just before an open log, by number and by date, the first whose end holds what is looked for. */
export async function olderLogThat(
  session: Session,
  { uri, log }: LogFile,
  isWanted: (older: LogDocument) => boolean,
): Promise<OlderLog | null> {
  const file = pathOf(uri);
  if (file === null) return null;
  const port = session.portBeside(file);
  const folder = path.dirname(file);
  const names = (await port.list(folder)) ?? [];
  for (const name of olderNeighbours(path.basename(file), names)) {
    // oxlint-disable-next-line no-await-in-loop -- the second is looked at only if the first does not do
    const older = await read(session, port, { log, file, older: path.join(folder, name) });
    if (older === null || !isWanted(older.log)) continue;
    const { uri: place, isCompressed } = older.tail;
    // oxlint-disable-next-line no-await-in-loop -- the first that does is the answer
    return { uri: place, name, isCompressed, log: older.log, linesBefore: await older.linesBefore() };
  }
  return null;
}

interface ReadTail {
  readonly key: string;
  readonly tail: FileTail;
  readonly log: LogDocument;
  linesBefore(): Promise<number | null>;
}

/** By open log: the older file that was read last. */
const tails = new WeakMap<OpenLog, ReadTail>();

interface Pair {
  readonly log: OpenLog;
  /** Paths of the open log and of the older file. */
  readonly file: string;
  readonly older: string;
}

async function read(session: Session, port: FilePort, { log, file, older }: Pair): Promise<ReadTail | null> {
  const [now, own] = await Promise.all([port.status(older), port.status(file)]);
  if (typeof now === "string") return null;
  const key = `${older} ${now.modifiedMs}`;
  const known = tails.get(log);
  if (known?.key === key) return known;
  const tail = await port.tail(older, TAIL);
  if (typeof tail === "string") return null;
  const document = createLogDocument(session.engine(), tail.text, 0);
  const newest = typeof own === "string" ? Date.now() : own.modifiedMs;
  if (!goesOn(document, tail.modifiedMs, log, newest)) return null;
  await inTurns(document.reading(), () => true);
  let before: Promise<number | null> | null = null;
  const found: ReadTail = { key, tail, log: document, linesBefore: () => (before ??= tail.linesBefore()) };
  tails.set(log, found);
  return found;
}

/** Stamps may lack the year: what stands a year apart must not look as if it stood seconds apart. */
function goesOn(older: LogDocument, olderModified: number, newer: OpenLog, newerModified: number): boolean {
  const zone = timeZone(null);
  const [last, first] = [lastTime(older), firstTime(newer)];
  const end = last === null ? null : logTimeMs(last, { notAfter: olderModified, zone });
  const begin = first === null ? null : logTimeMs(first, { notAfter: newerModified, zone });
  return end !== null && begin !== null && Math.abs(begin - end) <= LONGEST_GAP;
}

/** What led to a line, and in which file. */
export function causesWith(log: OpenLog, line: number, older: OlderLog | null): readonly PlacedCause[] {
  if (older !== null) return log.causes.across(line, older.log);
  return log.causes.of(line).map((cause) => ({ ...cause, isOlder: false }));
}

/** The line of a cause in its file, zero-based; null where it is not known. */
export function lineInFile({ isOlder, line }: PlacedCause, older: OlderLog | null): number | null {
  if (!isOlder) return line;
  return older?.linesBefore === null || older?.linesBefore === undefined ? null : older.linesBefore + line;
}
