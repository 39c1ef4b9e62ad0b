import { type Span, span } from "../../text/span.ts";
import { decimal, latin1, skipDigits } from "../ascii.ts";
import type { Envelope, LogTime } from "../log-line.ts";
import { type JsonValue, readJsonMembers } from "./json-fields.ts";
import { textOfValue } from "./json-text.ts";
import { readMessageStart } from "./message-start.ts";
import { daemonOf, systemOf } from "./programs.ts";
import { levelOfSeverity } from "./rfc5424.ts";
import { timeOfEpoch } from "./stamp.ts";

const MICROSECONDS = 1_000_000;
const NO_BYTES = new Uint8Array(0);

/**
 * One object of `journalctl -o json` (systemd.journal-fields(7)) that starts at `at`; null if there is no object with a
 * MESSAGE. Spans count from `start`, the start of the line.
 */
export function readJournalJson(bytes: Uint8Array, at: number, end: number, start: number): Envelope | null {
  const members = new Map<string, JsonValue>();
  readJsonMembers(bytes, at, end, (name, value) => {
    if (NAMES.has(name)) members.set(name, value);
  });
  const message = members.get("MESSAGE");
  if (message === undefined) return null;
  const identifier = members.get("SYSLOG_IDENTIFIER") ?? members.get("_COMM") ?? null;
  const stamp = members.get("__REALTIME_TIMESTAMP") ?? null;
  const host = members.get("_HOSTNAME") ?? null;
  const pid = numberOf(bytes, members.get("SYSLOG_PID") ?? members.get("_PID") ?? null);
  const priority = numberOf(bytes, members.get("PRIORITY") ?? null);

  const tag = identifier === null ? null : nameOf(bytes, identifier);
  const system = tag === null ? null : systemOf(tag);
  // An unescaped message is read where it stands, so that its fields have places in the line.
  const inPlace = message.kind === "string" && !message.escaped;
  const text = inPlace ? null : (textOfValue(bytes, message) ?? NO_BYTES);
  const from = text ?? bytes;
  const found = readMessageStart(
    from,
    text === null ? message.start : 0,
    text === null ? message.end : text.length,
    system,
  );
  const relative = (value: { readonly start: number; readonly end: number }): Span =>
    span(value.start - start, value.end - start);
  const within = span(found.start, Math.max(found.start, trimmedEnd(from, found.start, found.end)));
  return {
    form: "journal-json",
    time: timeOf(bytes, stamp),
    timeSpan: stamp === null ? null : relative(stamp),
    hostSpan: host === null ? null : relative(host),
    programSpan: identifier === null ? null : relative(identifier),
    daemon: found.service ?? (tag === null ? null : daemonOf(tag)),
    system,
    pid: pid?.value ?? null,
    pidSpan: pid === null ? null : relative(pid),
    level: found.level ?? (priority === null ? "info" : levelOfSeverity(priority.value)),
    text,
    message: text === null ? relative(within) : within,
    place: text === null ? relative(within) : relative(message),
    repeated: found.repeated,
  };
}

const NAMES = new Set([
  "MESSAGE",
  "SYSLOG_IDENTIFIER",
  "_COMM",
  "__REALTIME_TIMESTAMP",
  "_HOSTNAME",
  "SYSLOG_PID",
  "_PID",
  "PRIORITY",
]);

/** journalctl escapes the `/` of no tag; if another tool does, the name is read from the unescaped copy. */
function nameOf(bytes: Uint8Array, value: JsonValue): string {
  const name = value.escaped ? textOfValue(bytes, value) : bytes.subarray(value.start, value.end);
  return name === null ? "" : latin1(name, 0, Math.min(name.length, 128));
}

/** The number in a value, which journalctl writes as a string. */
function numberOf(
  bytes: Uint8Array,
  value: JsonValue | null,
): { readonly value: number; readonly start: number; readonly end: number } | null {
  if (value === null || value.kind === "array") return null;
  const stop = skipDigits(bytes, value.start, value.end);
  return stop === value.start || stop !== value.end
    ? null
    : { value: decimal(bytes, value.start, stop), start: value.start, end: stop };
}

function timeOf(bytes: Uint8Array, stamp: JsonValue | null): LogTime | null {
  const number = numberOf(bytes, stamp);
  if (number === null) return null;
  const seconds = Math.floor(number.value / MICROSECONDS);
  // Years of five digits and more have no RFC 3339 form; they are no times of a log.
  return seconds < 253_402_300_800 ? timeOfEpoch(seconds, number.value % MICROSECONDS) : null;
}

function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  let stop = end;
  while (stop > start && (bytes[stop - 1] ?? 0) <= 0x20) stop -= 1;
  return stop;
}
