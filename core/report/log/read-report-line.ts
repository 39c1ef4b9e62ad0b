import { standsAt } from "../../log/ascii.ts";
import type { FlowEvent, FlowMessages } from "../../log/flow/flow-plan.ts";
import type { LineScanner, ScanNames } from "../../log/line-scanner.ts";
import { findText } from "./find-text.ts";
import { readDelays, readSeconds, readWhole } from "./read-numbers.ts";
import { clearLine, type EventKind, isEmpty, type Piece, type ReportLine } from "./report-line.ts";

/** Fills `into` with what a report takes from the line that the scanner has read. Makes nothing for it. */
export type ReportLineReader = (line: LineScanner, into: ReportLine) => void;

type Fields = Readonly<Record<(typeof FIELDS)[number], number>>;

const FIELDS = [
  "queue_id",
  "client",
  "client_address",
  "sasl_username",
  "sender",
  "size",
  "recipient",
  "relay",
  "status",
  "reason",
  "delay",
  "delays",
  "verb",
  "action",
  "code",
  "dsn",
  "protocol",
  "user",
  "count",
] as const;

/**
 * @param names of the engine whose scanners' lines are read
 * @param purpose to `count` lines is not to ask whose connections they tell of, which are many: of those only finding the lines of a client tells the client
 */
export function reportLineReader(names: ScanNames, purpose: "count" | "find"): ReportLineReader {
  const { messages, entries } = names;
  const numbers = FIELDS.map((name) => [name, names.field(name)] as const);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made of exactly these names
  const fields = Object.fromEntries(numbers) as Fields;
  const readerOf = (id: string): Reader | null => {
    const reader = READERS.get(id) ?? null;
    return reader === connected && purpose === "count" ? connectedAnyone : reader;
  };
  const readers = new Map([...messages.numbersOf(READERS.keys())].map(([id, number]) => [number, readerOf(id)]));
  return (line, into) => {
    // Most lines are no event: they leave it as clear as it was.
    if (into.kind !== null) clearLine(into);
    into.bytes = line.text;
    into.entryId = line.entry === -1 ? null : entries.at(line.entry);
    if (line.message !== -1) readers.get(line.message)?.(line, into, fields);
  };
}

/** The messages that tell of an event, and which of them the machine can count. */
export function flowMessages(): FlowMessages {
  return new Map([...READERS].map(([id, reader]) => [id, FLOW_EVENTS.get(reader) ?? "elsewhere"]));
}

type Reader = (line: LineScanner, into: ReportLine, fields: Fields) => void;

/** By the id of the message (reference/messages). */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["smtpd/client", received],
  ["pickup/picked-up", received],
  ["qmgr/queue-active", queued],
  ["qmgr/expired-returned-to-sender", expired],
  ["delivery/status", delivery],
  ["smtpd/reject", verdict],
  ["smtpd/action", verdict],
  ["smtpd/reject-from-421-4-3-0-server-local-data-error", verdict],
  ["postscreen/reject-too-many-connections", verdict],
  ["postscreen/reject-all-server-ports-busy", verdict],
  ["postscreen/reject-all-screening-ports-busy", verdict],
  ["postscreen/reject-connect-from-all-screening-ports-busy", verdict],
  ["milter/action", verdict],
  ["cleanup/header-checks", verdict],
  ["cleanup/body-checks", verdict],
  ["cleanup/content-checks", verdict],
  ["cleanup/milter-header-checks", verdict],
  ["cleanup/mime-error", verdict],
  ["smtpd/connect", connected],
  ["postscreen/connect", connected],
  ["tls/connection-established", tls],
  ["smtpd/sasl-authentication-failed", loginFailed],
  ["dovecot/login", dovecotLogin],
  ["dovecot/login-auth-failed", dovecotLoginFailed],
]);

const FLOW_EVENTS: ReadonlyMap<Reader, FlowEvent> = new Map<Reader, FlowEvent>([
  [received, "received"],
  [queued, "queued"],
  [delivery, "delivery"],
  [connected, "connected"],
  [tls, "tls"],
  [dovecotLogin, "login"],
  [verdict, "rejected"],
  [loginFailed, "failed"],
  [dovecotLoginFailed, "failed"],
]);

function received(line: LineScanner, into: ReportLine, fields: Fields): void {
  into.kind = "received";
  put(into.queueId, line, fields.queue_id);
  putClient(into, line, fields);
  put(into.user, line, fields.sasl_username);
}

function queued(line: LineScanner, into: ReportLine, fields: Fields): void {
  into.kind = "queued";
  put(into.queueId, line, fields.queue_id);
  put(into.sender, line, fields.sender);
  if (line.find(fields.size)) into.size = readWhole(line.text, line.valueStart, line.valueEnd);
}

function expired(line: LineScanner, into: ReportLine, fields: Fields): void {
  queued(line, into, fields);
  into.kind = "expired";
}

const STATUSES: readonly (readonly [word: string, kind: EventKind])[] = [
  ["sent", "delivered"],
  ["deferred", "deferred"],
  ["bounced", "bounced"],
];
const HERE = ["[127.0.0.1]", "[::1]"];

function delivery(line: LineScanner, into: ReportLine, fields: Fields): void {
  const { bytes, reason, relay, delays } = into;
  into.kind = line.find(fields.status) ? wordAt(STATUSES, line) : null;
  // Probes of verify(8) are no mail.
  if (into.kind === null) return;
  put(into.queueId, line, fields.queue_id);
  put(into.recipient, line, fields.recipient);
  put(relay, line, fields.relay);
  put(reason, line, fields.reason);
  if (line.find(fields.delays)) readDelays(bytes, line.valueStart, line.valueEnd, delays);
  if (line.find(fields.delay)) delays[4] = readSeconds(bytes, line.valueStart, line.valueEnd);
  if (into.kind !== "delivered") return;
  if (standsAt(bytes, reason.start, reason.end, "forwarded as ")) into.kind = "forwarded";
  else if (
    line.program.daemon === "smtp" &&
    HERE.some((here) => findText(bytes, relay.start, relay.end, here) !== -1)
  ) {
    into.isToFilter = findText(bytes, reason.start, reason.end, "queued as ") !== -1;
  }
}

const VERBS: readonly (readonly [word: string, kind: EventKind])[] = [
  ["reject", "rejected"],
  ["reject_warning", "reject-warning"],
  ["warning", "reject-warning"],
  ["warn", "reject-warning"],
  ["hold", "held"],
  ["discard", "discarded"],
];
const FOUR = 0x34;

/** smtpd(8), postscreen(8), cleanup(8) and Milters: `reject: RCPT from …`, `milter-reject: END-OF-MESSAGE from …`, `hold: header …`. */
function verdict(line: LineScanner, into: ReportLine, fields: Fields): void {
  // Some messages have the word in their own text.
  into.kind = line.find(fields.verb) || line.find(fields.action) ? wordAt(VERBS, line) : "rejected";
  if (into.kind === null) return;
  put(into.queueId, line, fields.queue_id);
  putClient(into, line, fields);
  put(into.sender, line, fields.sender);
  put(into.recipient, line, fields.recipient);
  put(into.reason, line, fields.reason);
  into.isTemporary = (line.find(fields.code) || line.find(fields.dsn)) && into.bytes[line.valueStart] === FOUR;
}

function connected(line: LineScanner, into: ReportLine, fields: Fields): void {
  into.kind = "connected";
  putClient(into, line, fields);
}

function connectedAnyone(_line: LineScanner, into: ReportLine): void {
  into.kind = "connected";
}

function tls(line: LineScanner, into: ReportLine, fields: Fields): void {
  const { daemon } = line.program;
  into.kind = "tls";
  into.isOutgoing = daemon !== "smtpd" && daemon !== "tlsproxy" && daemon !== "postscreen";
  put(into.protocol, line, fields.protocol);
}

function loginFailed(line: LineScanner, into: ReportLine, fields: Fields): void {
  into.kind = "login-failed";
  into.attempts = 1;
  putClient(into, line, fields);
  put(into.user, line, fields.sasl_username);
}

const MOST_ATTEMPTS = 1000;

function dovecotLogin(line: LineScanner, into: ReportLine, fields: Fields): void {
  into.kind = "login";
  into.attempts = 1;
  put(into.clientAddress, line, fields.client_address);
  put(into.user, line, fields.user);
}

/** Dovecot says at the end of a connection how many attempts failed. */
function dovecotLoginFailed(line: LineScanner, into: ReportLine, fields: Fields): void {
  dovecotLogin(line, into, fields);
  into.kind = "login-failed";
  if (line.find(fields.count)) into.attempts = attemptsAt(line);
}

function attemptsAt({ text, valueStart, valueEnd }: LineScanner): number {
  const seconds = readSeconds(text, valueStart, valueEnd) / 1000;
  return Math.max(1, Math.min(MOST_ATTEMPTS, Math.trunc(seconds)));
}

function wordAt(
  words: readonly (readonly [word: string, kind: EventKind])[],
  { text, valueStart, valueEnd }: LineScanner,
): EventKind | null {
  for (const [word, kind] of words) {
    if (valueEnd - valueStart === word.length && standsAt(text, valueStart, valueEnd, word)) return kind;
  }
  return null;
}

function put(piece: Piece, line: LineScanner, field: number): void {
  if (!line.find(field)) return;
  piece.start = line.valueStart;
  piece.end = line.valueEnd;
}

/** `name[address]`: the port behind it is another for each connection. */
function putClient(into: ReportLine, line: LineScanner, fields: Fields): void {
  put(into.clientAddress, line, fields.client_address);
  if (isEmpty(into.clientAddress) || !line.find(fields.client)) return;
  into.client.start = line.valueStart;
  into.client.end = into.clientAddress.end + 1;
}
