import { entryById } from "@postmaster/core/catalogue/catalogue.ts";
import type { CatalogueEntry } from "@postmaster/core/catalogue/entry.ts";
import { findCauses } from "@postmaster/core/cause/find-causes.ts";
import { createRecentLines } from "@postmaster/core/cause/recent-lines.ts";
import type { Services } from "@postmaster/core/cause/service-program.ts";
import { causeMessage } from "@postmaster/core/features/cause/cause-words.ts";
import { mayBeCause, rulesOf, wantsServices } from "@postmaster/core/features/cause/log-causes.ts";
import { shownValuesOf } from "@postmaster/core/features/line-values.ts";
import { problemMessage } from "@postmaster/core/features/log-diagnostics.ts";
import { hasFixes, logFixes } from "@postmaster/core/features/log-fixes.ts";
import { tellingSpan } from "@postmaster/core/features/telling-span.ts";
import type { FixOffer } from "@postmaster/core/fixes/fix-offer.ts";
import { logTimeMs } from "@postmaster/core/log/log-time.ts";
import type { TextLine } from "@postmaster/core/log/text-line.ts";
import { decodeUtf8 } from "@postmaster/core/log/utf8.ts";
import type { FindingCause } from "@postmaster/core/report/finding.ts";
import { findingSeverity } from "@postmaster/core/report/finding-kinds.ts";
import type { Offers } from "../fix/fix-list.ts";
import { visitLines } from "../input/byte-lines.ts";
import type { Input } from "../input/open-input.ts";
import { timeZone } from "../time-zone.ts";
import { type CheckRun, list } from "./check-run.ts";

const CR = 13;

/** Finds the problem lines of a log, in constant memory. @throws if reading fails midway */
export async function checkLog(input: Input, run: CheckRun): Promise<void> {
  const engine = run.engine();
  const fixesOf = rememberOffers(input, run);
  const recent = createRecentLines((text) => engine.readText(text));

  await visitLines(input.chunks, (bytes, start, end, number) => {
    if (run.output.isClosed) return undefined;
    const { entry: match, message, envelope } = engine.readLine(bytes, start, end);
    const entry = match === null ? null : entryById(match.templateId);
    if (entry === null) return undefined;
    const textOf = (): string => decodeUtf8(bytes, start, end > start && bytes[end - 1] === CR ? end - 1 : end);
    if (mayBeCause(entry.id, message?.templateId ?? null, envelope.level)) recent.add(number, entry.id, textOf());
    const isListed = run.counts.add(input.name, entry.id, findingSeverity(entry.severity)) <= run.cap;
    if (!isListed) run.counts.hide();
    if (!isListed && (run.fixes === null || !mayBeSafe(entry))) return undefined;
    return tell(textOf(), number, entry, isListed);
  });

  async function tell(text: string, number: number, entry: CatalogueEntry, isListed: boolean): Promise<void> {
    const line = engine.readText(text);
    const because = isListed ? await causesOf(line, number, entry) : [];
    const fixes = await fixesOf(line);
    if (!isListed) return;
    const place = tellingSpan(text, line) ?? line.place;
    await list(run, {
      file: input.name,
      line: number,
      column: place.start + 1,
      endLine: number,
      endColumn: place.end + 1,
      severity: findingSeverity(entry.severity),
      id: entry.id,
      message: problemMessage(entry, shownValuesOf(line.entry)),
      postfix: wordsOfPostfix(text, line),
      because,
      fixes,
      lineText: text,
    });
  }

  async function causesOf(read: TextLine, line: number, entry: CatalogueEntry): Promise<readonly FindingCause[]> {
    if (entry.because.length === 0) return [];
    const services = wantsServices(entry.id)
      ? await run.configurations.servicesOfLog(input.path, read.host?.value ?? null)
      : NO_SERVICES;
    return findCauses({ line, entryId: entry.id, read }, recent, rulesOf, services).map((cause) => ({
      line: cause.line,
      id: cause.entryId,
      message: causeMessage(cause),
    }));
  }
}

const NO_SERVICES: Services = new Map();

/** Whether a fix of the entry can be one that `--fix` applies. */
function mayBeSafe(entry: CatalogueEntry): boolean {
  return entry.fixes.some(({ atLeast }) => atLeast === "safe");
}

/** The message as the program printed it, its level in front if it stands there. Null where another program than Postfix wrote the line. */
function wordsOfPostfix(text: string, line: TextLine): string | null {
  if (line.system !== "postfix") return null;
  const prefix = `${line.level}: `;
  return text.slice(0, line.place.start).endsWith(prefix) ? prefix + line.message.value : line.message.value;
}

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
      const surroundings = await run.configurations.surroundingsOfLog(input.path, line.host?.value ?? null);
      return { offers: await logFixes(line, surroundings), server: surroundings.server };
    };
    const { offers } = await again();
    await run.fixes?.want(offers, again, loggedAt(line, input));
    return offers;
  }
}

function loggedAt({ time }: TextLine, input: Input): number | null {
  return time === null ? null : logTimeMs(time, { notAfter: input.modifiedMs, zone: timeZone(null) });
}

function withoutQueueId(line: TextLine): string {
  const id = line.entry?.fields["queue_id"]?.value ?? "";
  return id !== "" && line.message.value.startsWith(id) ? line.message.value.slice(id.length) : line.message.value;
}
