import { entryById } from "@postmaster/core/catalogue/catalogue.ts";
import type { CatalogueEntry } from "@postmaster/core/catalogue/entry.ts";
import { findCauses } from "@postmaster/core/cause/find-causes.ts";
import type { Services } from "@postmaster/core/cause/service-program.ts";
import { causeMessage } from "@postmaster/core/features/cause/cause-words.ts";
import { rulesOf, wantsServices } from "@postmaster/core/features/cause/log-causes.ts";
import { hasFixes } from "@postmaster/core/features/has-fixes.ts";
import { type ToldLine, toldLine } from "@postmaster/core/features/told-line.ts";
import type { FixOffer } from "@postmaster/core/fixes/fix-offer.ts";
import { logTimeMs } from "@postmaster/core/log/log-time.ts";
import type { TextLine } from "@postmaster/core/log/text-line.ts";
import type { Finding, FindingCause } from "@postmaster/core/report/finding.ts";
import { findingSeverity } from "@postmaster/core/report/finding-severity.ts";
import { TIME_HERE, timeReference } from "../../host/time-reference.ts";
import type { Input } from "../../input/open-input.ts";
import { type LogSource, runLogJob } from "../../log-jobs/run-log-job.ts";
import type { Offers } from "../fix/fix-list.ts";
import { jobRun, sourceOf } from "../log-source.ts";
import { type CheckOptions, type CheckPart, checkJob, type ProblemText } from "./check-job.ts";
import { type CheckRun, list } from "./check-run.ts";
import type { LogPiece } from "./log-sequence.ts";

/** For more entries than there are: reading them all, to know how many, takes longer than reading a log. */
const ROOM = 4096;

/** Finds the problem lines of a log, in constant memory, in several threads if it is large. @throws if reading fails midway */
export async function checkLog(input: Input, run: CheckRun): Promise<void> {
  const piece = run.sequences.begin(input);
  await logChecker(input, run, () => piece)(sourceOf(input), 0);
}

/**
 * Finds the problem lines of pieces of a log, one after the other: what stands in an earlier piece may explain a later one. @param linesBefore lines of the log
 * before the piece @returns the number of its lines
 */
export type LogChecker = (piece: LogSource, linesBefore: number) => Promise<number>;

/** @param pieceNow the file that is read now: the log may be rotated while it is followed */
export function logChecker(input: Input, run: CheckRun, pieceNow: () => LogPiece): LogChecker {
  const fixesOf = rememberOffers(input, run);
  const full = new Uint8Array(new SharedArrayBuffer(ROOM));
  /** By entry number: lines of the parts taken. */
  const seen: number[] = [];
  const options: CheckOptions = { cap: run.cap, fixes: run.fixes !== null, full };
  return (source, linesBefore) =>
    runLogJob(checkJob, options, source, jobRun(input, run), (part, firstLine) => take(part, linesBefore + firstLine));

  async function take({ counts, lines, causes }: CheckPart, firstLine: number): Promise<void> {
    const left = new Map(counts);
    const piece = pieceNow();
    piece.recent.add(causes, piece.numberOf(firstLine));
    // Before any line is told, which takes a while: other threads are making parts.
    for (const [index, count] of counts) {
      seen[index] = (seen[index] ?? 0) + count;
      if ((seen[index] ?? 0) >= run.cap) full[index] = 1;
    }
    for (const line of lines) {
      const { number, entry: index } = line;
      const entry = entryOf(index);
      if (entry === null) continue;
      left.set(index, (left.get(index) ?? 0) - 1);
      const isListed = add(entry, 1) <= run.cap;
      if (!isListed) hide(entry, 1);
      const waiting = tell(line, firstLine + number, entry, isListed);
      // oxlint-disable-next-line no-await-in-loop -- findings are written in the order of their lines
      if (waiting !== undefined) await waiting;
    }
    for (const [index, count] of left) {
      const entry = entryOf(index);
      if (entry === null || count === 0) continue;
      add(entry, count);
      hide(entry, count);
    }
  }

  function add(entry: CatalogueEntry, several: number): number {
    return run.counts.add(input.name, entry.id, findingSeverity(entry.severity), several);
  }

  function hide({ id, severity, title }: CatalogueEntry, several: number): void {
    run.counts.hide({ id, severity: findingSeverity(severity), title }, several);
  }

  function entryOf(index: number): CatalogueEntry | null {
    return entryById(run.engine().known.entries.at(index) ?? "");
  }

  /** Most lines need not be read for that once more: that was the larger part of what a check takes besides scanning. */
  function tell(
    { text, told }: ProblemText,
    number: number,
    entry: CatalogueEntry,
    isListed: boolean,
  ): Promise<void> | undefined {
    if (run.output.isClosed) return undefined;
    // A line that is not listed is read for the fixes that may be applied.
    if (!isListed && run.fixes === null) return undefined;
    if (entry.fixes.length > 0) return tellRead(text, number, entry, isListed);
    if (!isListed) return undefined;
    if (told === null || entry.because.length > 0) return tellRead(text, number, entry, true);
    return list(run, findingOf(text, number, entry, told, NOTHING_MORE));
  }

  async function tellRead(text: string, number: number, entry: CatalogueEntry, isListed: boolean): Promise<void> {
    const line = run.engine().readText(text);
    const because = isListed ? await causesOf(line, number, entry) : [];
    const fixes = await fixesOf(line);
    if (isListed) await list(run, findingOf(text, number, entry, toldLine(text, line, entry), { because, fixes }));
  }

  function findingOf(
    text: string,
    number: number,
    entry: CatalogueEntry,
    { place, message, postfix }: ToldLine,
    more: Pick<Finding, "because" | "fixes">,
  ): Finding {
    return {
      file: input.name,
      line: number,
      column: place.start + 1,
      endLine: number,
      endColumn: place.end + 1,
      severity: findingSeverity(entry.severity),
      id: entry.id,
      message,
      postfix,
      ...more,
      lineText: text,
    };
  }

  async function causesOf(read: TextLine, line: number, entry: CatalogueEntry): Promise<readonly FindingCause[]> {
    if (entry.because.length === 0) return [];
    const services = wantsServices(entry.id)
      ? await run.configurations.servicesOfLog(input.path, read.host?.value ?? null)
      : NO_SERVICES;
    const piece = pieceNow();
    return findCauses({ line: piece.numberOf(line), entryId: entry.id, read }, piece.recent, rulesOf, services).map(
      (cause) => ({
        ...piece.placeOf(cause.line),
        id: cause.entryId,
        message: causeMessage(cause),
      }),
    );
  }
}

const NO_SERVICES: Services = new Map();
const NOTHING_MORE = { because: [], fixes: [] };

const MOST_REMEMBERED = 500;

/** The same client is refused a thousand times: its fixes are computed once. */
function rememberOffers(input: Input, run: CheckRun): (line: TextLine) => Promise<readonly FixOffer[]> {
  const known = new Map<string, Promise<readonly FixOffer[]>>();

  return (line) => {
    if (!hasFixes(line)) return Promise.resolve([]);
    const key = JSON.stringify([line.host?.value ?? null, line.program?.value ?? null, withoutQueueId(line)]);
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const offers = computeOffers(line);
    known.set(key, offers);
    return offers;
  };

  async function computeOffers(line: TextLine): Promise<readonly FixOffer[]> {
    const again = async (): Promise<Offers> => {
      // All kinds of fixes: a log without a line that has any is read without them.
      const { logFixes } = await import("@postmaster/core/features/log-fixes.ts");
      const surroundings = await run.configurations.surroundingsOfLog(input.path, line.host?.value ?? null);
      return { offers: await logFixes(line, surroundings), server: surroundings.server };
    };
    const { offers } = await again();
    await run.fixes?.want(offers, again, loggedAt(line, input));
    return offers;
  }
}

function loggedAt({ time }: TextLine, input: Input): number | null {
  return time === null ? null : logTimeMs(time, timeReference(input.modifiedMs, TIME_HERE));
}

function withoutQueueId(line: TextLine): string {
  const id = line.entry?.fields["queue_id"]?.value ?? "";
  return id !== "" && line.message.value.startsWith(id) ? line.message.value.slice(id.length) : line.message.value;
}
