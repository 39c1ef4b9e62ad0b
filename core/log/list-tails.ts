import { COLON, COMMA, EQUALS, GREATER, isDigit, LESS, SPACE, skipDigits, standsAt } from "./ascii.ts";

/** Told of every attribute: the field's name and where its value lies. */
type Listener = (field: string, start: number, end: number) => void;

/** A list with commas, as programs beside Postfix write them. */
type ListType = "session" | "amavis";

/** An attribute's words before its value, and the field it fills. */
interface Attribute {
  readonly before: string;
  readonly field: string;
}

const SESSION: readonly Attribute[] = [
  { before: "user=", field: "user" },
  { before: "method=", field: "sasl_method" },
  { before: "rip=", field: "client_address" },
  { before: "rport=", field: "client_port" },
  { before: "lip=", field: "server_address" },
  { before: "lport=", field: "server_port" },
  { before: "mpid=", field: "mail_pid" },
  { before: "session=", field: "session_id" },
];

const AMAVIS: readonly Attribute[] = [
  { before: "quarantine: ", field: "quarantine" },
  { before: "Queue-ID: ", field: "queue_id" },
  { before: "Message-ID: ", field: "message_id" },
  { before: "Resent-Message-ID: ", field: "resent_message_id" },
  { before: "mail_id: ", field: "mail_id" },
  { before: "Hits: ", field: "score" },
  { before: "size: ", field: "size" },
  { before: "pt: ", field: "partition_tag" },
  { before: "queued_as: ", field: "new_queue_id" },
  { before: "Subject: ", field: "subject" },
  { before: "From: ", field: "header_from" },
  { before: "helo=", field: "helo" },
  { before: "tls: ", field: "tls" },
  { before: "Tests: ", field: "tests" },
  { before: "dkim_i=", field: "dkim_identity" },
  { before: "dkim_sd=", field: "dkim_signature" },
  { before: "dkim_new=", field: "dkim_new_signature" },
];

const ATTRIBUTES: Readonly<Record<ListType, readonly Attribute[]>> = { session: SESSION, amavis: AMAVIS };

/** The fields that each list can fill. */
export const LIST_FIELDS: Readonly<Record<ListType, readonly string[]>> = {
  session: [...SESSION.map(({ field }) => field), "tls", "tls_security"],
  amavis: [...AMAVIS.map(({ field }) => field), "elapsed_ms"],
};

const TLS = ["TLS", "TLS handshaking"] as const;

/**
 * Tell the attributes of the list `bytes[at..end)`. Attributes that nobody knows are part of it. A value ends at the next comma that a blank follows; Amavis'
 * values may hold such commas, so theirs end where the next attribute begins. One pass.
 *
 * - `session`: `, method=PLAIN, rip=192.0.2.77, lip=192.0.2.1, mpid=12, TLS: a note, session=<Ab1>`
 * - `amavis`: `, Queue-ID: 4Zx1, Message-ID: <a@b>, mail_id: x, Hits: -1.9, size: 123, queued_as: 4Zx2, 51 ms`
 */
export function readList(type: ListType, bytes: Uint8Array, at: number, end: number, listener: Listener): void {
  const known = ATTRIBUTES[type];
  let next = at;
  while (next < end) {
    const start = next + 2;
    const stop = type === "amavis" ? amavisValueEnd(known, bytes, start, end) : itemEnd(bytes, start, end);
    tell(type, known, bytes, start, stop, listener);
    next = stop;
  }
}

function tell(
  type: ListType,
  known: readonly Attribute[],
  bytes: Uint8Array,
  start: number,
  end: number,
  listener: Listener,
): void {
  const attribute = known.find(({ before }) => standsAt(bytes, start, end, before));
  if (attribute !== undefined) {
    const first = start + attribute.before.length;
    const bracketed = bytes[first] === LESS && bytes[end - 1] === GREATER && attribute.field !== "message_id";
    listener(attribute.field, bracketed ? first + 1 : first, bracketed ? end - 1 : end);
  } else if (type === "amavis" && isDuration(bytes, start, end)) {
    listener("elapsed_ms", start, end - " ms".length);
  } else if (type === "session") {
    const word = TLS.find((one) => standsAt(bytes, start, end, one));
    if (word === undefined) return;
    const after = start + word.length;
    if (after === end || bytes[after] === COLON) listener("tls", start, after);
    // `TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)`, where the format asks for it.
    else if (standsAt(bytes, after, end, "v1")) listener("tls_security", start, end);
  }
}

/** `51 ms` */
function isDuration(bytes: Uint8Array, start: number, end: number): boolean {
  return isDigit(bytes[start]) && standsAt(bytes, skipDigits(bytes, start, end), end, " ms");
}

/** The next comma that a blank follows, or `end`. A value in brackets may hold such commas. */
function itemEnd(bytes: Uint8Array, start: number, end: number): number {
  let next = start;
  let bracketed = false;
  while (next < end) {
    const byte = bytes[next];
    if (byte === LESS && bytes[next - 1] === EQUALS) bracketed = true;
    else if (byte === GREATER) bracketed = false;
    else if (byte === COMMA && bytes[next + 1] === SPACE && !bracketed) return next;
    next += 1;
  }
  return end;
}

/** The next comma behind which an attribute or the duration begins, or `end`. */
function amavisValueEnd(known: readonly Attribute[], bytes: Uint8Array, start: number, end: number): number {
  for (let next = start; next + 2 < end; next += 1) {
    if (bytes[next] !== COMMA || bytes[next + 1] !== SPACE) continue;
    const after = next + 2;
    if (known.some(({ before }) => standsAt(bytes, after, end, before)) || isDuration(bytes, after, end)) return next;
  }
  return end;
}
