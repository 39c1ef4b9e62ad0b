import { standsAt } from "../../log/ascii.ts";
import type { LogLine, TemplateMatch } from "../../log/log-line.ts";
import { findText } from "./find-text.ts";
import { readDelays, readSeconds } from "./read-delays.ts";
import { readDovecotLogin } from "./read-login.ts";
import { clearLine, type EventKind, type Piece, type ReportLine } from "./report-line.ts";

/** Fills `into` with what a report takes from a line that the engine has read from `bytes[start..]`. */
export function readReportLine(line: LogLine, bytes: Uint8Array, start: number, into: ReportLine): void {
  const { envelope, message, entry } = line;
  clearLine(into, envelope.text ?? bytes);
  into.entryId = entry?.templateId ?? null;
  const origin = envelope.text === null ? start : 0;
  if (message !== null) {
    READERS.get(message.templateId)?.(message, origin, into, envelope.daemon);
  } else if (envelope.system === "dovecot" && envelope.daemon?.endsWith("-login") === true) {
    readDovecotLogin(into.bytes, origin + envelope.message.start, origin + envelope.message.end, into);
  }
}

type Reader = (match: TemplateMatch, origin: number, into: ReportLine, daemon: string | null) => void;

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
]);

function received(match: TemplateMatch, origin: number, into: ReportLine): void {
  into.kind = "received";
  put(into.queueId, match, "queue_id", origin);
  putClient(into, match, origin);
  put(into.user, match, "sasl_username", origin);
}

function queued(match: TemplateMatch, origin: number, into: ReportLine): void {
  into.kind = "queued";
  put(into.queueId, match, "queue_id", origin);
  put(into.sender, match, "sender", origin);
}

function expired(match: TemplateMatch, origin: number, into: ReportLine): void {
  into.kind = "expired";
  put(into.queueId, match, "queue_id", origin);
  put(into.sender, match, "sender", origin);
}

const SENT = "sent";
const STATUSES: readonly (readonly [word: string, kind: EventKind])[] = [
  [SENT, "delivered"],
  ["deferred", "deferred"],
  ["bounced", "bounced"],
];
const HERE = ["[127.0.0.1]", "[::1]"];

function delivery(match: TemplateMatch, origin: number, into: ReportLine, daemon: string | null): void {
  const { bytes, reason, relay } = into;
  const status = match.fields["status"];
  if (status === undefined) return;
  const start = origin + status.start;
  const end = origin + status.end;
  for (const [word, kind] of STATUSES) {
    if (end - start === word.length && standsAt(bytes, start, end, word)) into.kind = kind;
  }
  // Probes of verify(8) are no mail.
  if (into.kind === null) return;
  put(into.queueId, match, "queue_id", origin);
  put(into.recipient, match, "recipient", origin);
  put(relay, match, "relay", origin);
  put(reason, match, "reason", origin);
  const delays = match.fields["delays"];
  if (delays !== undefined) readDelays(bytes, origin + delays.start, origin + delays.end, into.delays);
  const delay = match.fields["delay"];
  if (delay !== undefined) into.delays[4] = readSeconds(bytes, origin + delay.start, origin + delay.end);
  if (into.kind !== "delivered") return;
  if (standsAt(bytes, reason.start, reason.end, "forwarded as ")) into.kind = "forwarded";
  else if (daemon === "smtp" && HERE.some((here) => findText(bytes, relay.start, relay.end, here) !== -1)) {
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

/** smtpd(8), postscreen(8), cleanup(8) and Milters: `reject: RCPT from …`, `milter-reject: END-OF-MESSAGE from …`, `hold: header …`. */
function verdict(match: TemplateMatch, origin: number, into: ReportLine): void {
  const { bytes } = into;
  const verb = match.fields["verb"] ?? match.fields["action"];
  // These messages have the word in their own text.
  if (verb === undefined) into.kind = "rejected";
  for (const [word, kind] of VERBS) {
    if (verb === undefined || verb.end - verb.start !== word.length) continue;
    if (standsAt(bytes, origin + verb.start, origin + verb.end, word)) into.kind = kind;
  }
  if (into.kind === null) return;
  put(into.queueId, match, "queue_id", origin);
  putClient(into, match, origin);
  put(into.sender, match, "sender", origin);
  put(into.recipient, match, "recipient", origin);
  put(into.reason, match, "reason", origin);
  const code = match.fields["code"] ?? match.fields["dsn"];
  into.isTemporary = code !== undefined && bytes[origin + code.start] === 0x34;
}

function connected(match: TemplateMatch, origin: number, into: ReportLine): void {
  into.kind = "connected";
  putClient(into, match, origin);
}

function tls(match: TemplateMatch, origin: number, into: ReportLine, daemon: string | null): void {
  into.kind = "tls";
  into.isOutgoing = daemon !== "smtpd" && daemon !== "tlsproxy" && daemon !== "postscreen";
  putClient(into, match, origin);
  put(into.protocol, match, "protocol", origin);
}

function loginFailed(match: TemplateMatch, origin: number, into: ReportLine): void {
  into.kind = "login-failed";
  into.attempts = 1;
  putClient(into, match, origin);
  put(into.user, match, "sasl_username", origin);
}

function put(piece: Piece, match: TemplateMatch, name: string, origin: number): void {
  const field = match.fields[name];
  if (field === undefined) return;
  piece.start = origin + field.start;
  piece.end = origin + field.end;
}

function putClient(into: ReportLine, match: TemplateMatch, origin: number): void {
  const address = match.fields["client_address"];
  const client = match.fields["client"];
  if (address === undefined || client === undefined) return;
  put(into.clientAddress, match, "client_address", origin);
  into.client.start = origin + client.start;
  into.client.end = origin + address.end + 1;
}
