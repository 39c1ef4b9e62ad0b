import type { MailFlow } from "../../log/flow/mail-flow.ts";
import { encodeUtf8 } from "../../log/utf8.ts";
import { countAttemptBytes, countReceivedBytes } from "./count-bytes.ts";
import { addDistinct } from "./distinct-count.ts";
import { addDuration } from "./duration-histogram.ts";
import { addEarlyMail } from "./early-mails.ts";
import { fingerprint } from "./key-hash.ts";
import { addLogin } from "./login-tally.ts";
import { awaitMail, takeUp } from "./mail-sizes.ts";
import { addProblem } from "./problem-tally.ts";
import { reasonText } from "./reason-text.ts";
import { type EventKind, isEmpty, type Piece, type ReportLine } from "./report-line.ts";
import type { ReasonKind, Tally } from "./tally.ts";
import { bucketAt } from "./timeline.ts";
import { countKey, type TopCounts } from "./top-counts.ts";

/** Where a line stands: which line from 1, when (ms since 1970, NaN if it does not say) and what the reader's clocks showed then. */
export interface CountedAt {
  readonly line: number;
  readonly ms: number;
  readonly localMs: number;
}

/** Columns of the volume. */
const VOLUME_COLUMN: Readonly<Partial<Record<EventKind, number>>> = {
  received: 0,
  delivered: 1,
  deferred: 2,
  bounced: 3,
  rejected: 4,
};

/** What is known of mails besides the tally: as long as the machine counts lines (log/flow/mail-flow.ts) it is asked first. */
export type CountedMails = Pick<MailFlow, "awaitMail" | "takeUp" | "sizeOf">;

/** Adds one line to a tally. `isUnderstood`: its message or an entry is known. */
export function countLine(
  tally: Tally,
  line: ReportLine,
  isUnderstood: boolean,
  at: CountedAt,
  mails: CountedMails,
): void {
  tally.lines += 1;
  if (isUnderstood) tally.understood += 1;
  if (!Number.isNaN(at.ms)) {
    tally.endMs = at.ms;
    if (!(tally.firstMs <= at.ms)) tally.firstMs = at.ms;
    if (!(tally.lastMs >= at.ms)) tally.lastMs = at.ms;
  }
  if (line.entryId !== null) addProblem(tally.problems, line.entryId, at.line, at.ms);
  const { kind } = line;
  if (kind === null) return;
  tally.events[kind] += 1;
  const column = VOLUME_COLUMN[kind];
  if (column !== undefined && !Number.isNaN(at.localMs)) {
    const bucket = bucketAt(tally.volume, at.localMs);
    bucket[column] = (bucket[column] ?? 0) + 1;
  }
  countEvent(tally, line, kind, at, mails);
}

function countEvent(
  tally: Tally,
  line: ReportLine,
  kind: EventKind,
  { ms, localMs }: CountedAt,
  mails: CountedMails,
): void {
  switch (kind) {
    case "received":
      if (!mails.awaitMail(idOf(line))) awaitMail(tally.sizes, idOf(line));
      countPiece(tally.clients, line, line.client, 0);
      if (!isEmpty(line.user)) addLogin(tally.logins, line, ms);
      break;
    case "queued":
      countMail(tally, line, localMs, mails);
      break;
    case "delivered":
      if (line.isToFilter) tally.toFilter += 1;
      countPiece(tally.recipients, line, line.recipient, 0);
      countPiece(tally.relays, line, line.relay, 0);
      countDelays(tally, line);
      countAttemptBytes(tally, kind, idOf(line), localMs, mails);
      break;
    case "deferred":
      addDistinct(tally.deferredMails, idOf(line));
      countAttemptBytes(tally, kind, idOf(line), localMs, mails);
      countPiece(tally.relays, line, line.relay, 1);
      countReason(tally, line, "deferred");
      break;
    case "bounced":
      countPiece(tally.relays, line, line.relay, 2);
      countReason(tally, line, "bounced");
      countAttemptBytes(tally, kind, idOf(line), localMs, mails);
      break;
    case "rejected":
      if (line.isTemporary) tally.rejectedTemporarily += 1;
      countPiece(tally.rejectedClients, line, line.client, 0);
      countReason(tally, line, "rejected");
      break;
    case "tls":
      countPiece(tally.tlsVersions, line, line.protocol, line.isOutgoing ? 1 : 0);
      break;
    case "login":
    case "login-failed":
      addLogin(tally.logins, line, ms);
      break;
    default:
      break;
  }
}

/** qmgr takes a deferred mail up again and again: its sender and its bytes are counted the first time only. */
function countMail(tally: Tally, line: ReportLine, localMs: number, mails: CountedMails): void {
  const { bytes, size, sender } = line;
  const id = idOf(line);
  const counted = mails.takeUp(id, size);
  const known = counted === "unknown" ? takeUp(tally.sizes, id, size) : counted;
  if (known === "unknown") addEarlyMail(tally.early, { id, size, localMs }, bytes, sender.start, sender.end);
  if (known !== "awaited") return;
  countKey(tally.senders, bytes, sender.start, sender.end, 0);
  countReceivedBytes(tally, size, localMs);
}

function countDelays(tally: Tally, line: ReportLine): void {
  let stage = 0;
  for (const histogram of tally.delays) {
    const milliseconds = line.delays[stage] ?? -1;
    if (milliseconds >= 0) addDuration(histogram, milliseconds);
    stage += 1;
  }
}

function countReason(tally: Tally, { entryId, bytes, reason }: ReportLine, kind: ReasonKind): void {
  const { entries, texts } = tally.reasons[kind];
  if (entryId !== null) {
    entries.set(entryId, (entries.get(entryId) ?? 0) + 1);
    return;
  }
  const text = encodeUtf8(reasonText(bytes, reason.start, reason.end));
  countKey(texts, text, 0, text.length, 0);
}

function countPiece(top: TopCounts, { bytes }: ReportLine, piece: Piece, column: number): void {
  if (!isEmpty(piece)) countKey(top, bytes, piece.start, piece.end, column);
}

function idOf({ bytes, queueId }: ReportLine): number {
  return fingerprint(bytes, queueId.start, queueId.end);
}
