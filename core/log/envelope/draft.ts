import { type Span, span } from "../../text/span.ts";
import type { Envelope, EnvelopeForm, LogLevel, LogSystem } from "../log-line.ts";
import { readMessageStart } from "./message-start.ts";
import { daemonOf } from "./programs.ts";
import type { Stamp } from "./stamp.ts";
import type { Tag } from "./tag.ts";

/** A half-open range of absolute offsets, as readers find it. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** What a reader of one form has found. All offsets are absolute in the bytes it was given. */
export interface Draft {
  readonly form: EnvelopeForm;
  readonly stamp: Pick<Stamp, "time" | "start" | "end"> | null;
  readonly host: Range | null;
  readonly tag: Tag | null;
  /** Where the message starts, level prefix and all. */
  readonly message: number;
  /** What priority or a column says; a prefix of the message says more. */
  readonly level: LogLevel | null;
  /** Known without a tag: Dovecot's own log file. */
  readonly service: string | null;
}

/** The envelope of a line `start..end` from what its form's reader found. */
export function finish(bytes: Uint8Array, start: number, end: number, draft: Draft): Envelope {
  const { tag, stamp, host } = draft;
  const system: LogSystem = draft.service !== null ? "dovecot" : (tag?.system ?? null);
  const message = readMessageStart(bytes, draft.message, end, system);
  const relative = (range: Range): Span => span(range.start - start, range.end - start);
  const place = span(message.start - start, Math.max(message.start, message.end) - start);
  return {
    form: draft.form,
    time: stamp?.time ?? null,
    timeSpan: stamp === null ? null : relative(stamp),
    hostSpan: host === null ? null : relative(host),
    programSpan: tag === null ? null : relative({ start: tag.start, end: tag.nameEnd }),
    daemon: message.service ?? draft.service ?? (tag === null ? null : daemonOf(tag.name)),
    system,
    pid: tag?.pid?.value ?? null,
    pidSpan: tag === null || tag.pid === null ? null : relative(tag.pid),
    level: message.level ?? draft.level ?? "info",
    text: null,
    message: place,
    place,
    repeated: message.repeated,
  };
}
