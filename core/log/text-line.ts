import type { Span } from "../text/span.ts";
import type { Envelope, EnvelopeForm, LogLevel, LogLine, LogSystem, LogTime, TemplateMatch } from "./log-line.ts";
import { decodeUtf8, utf16Offsets } from "./utf8.ts";

/** A part of a line as text. Hostile: it is what a stranger sent, as it was logged. */
export interface TextField {
  readonly value: string;
  /** UTF-16 offsets in the line; null where the line holds the value escaped (`journalctl -o json`). */
  readonly span: Span | null;
}

export interface TextMatch {
  readonly templateId: string;
  readonly fields: Readonly<Record<string, TextField>>;
}

/**
 * A LogLine for people and editors: strings instead of bytes, UTF-16 instead of byte offsets. See Envelope for what the
 * parts mean.
 */
export interface TextLine {
  readonly form: EnvelopeForm;
  readonly time: LogTime | null;
  readonly timeSpan: Span | null;
  readonly host: TextField | null;
  /** The whole tag. */
  readonly program: TextField | null;
  readonly daemon: string | null;
  readonly system: LogSystem;
  readonly pid: number | null;
  readonly pidSpan: Span | null;
  readonly level: LogLevel;
  readonly repeated: number;
  readonly message: TextField;
  /** Where the message lies in the line, escaped or not. */
  readonly place: Span;
  /** What the program printed. */
  readonly template: TextMatch | null;
  /** What we explain. */
  readonly entry: TextMatch | null;
}

/** A LogLine of the text `line`, whose UTF-8 is `length` bytes long. */
export function toTextLine(line: string, length: number, parsed: LogLine): TextLine {
  const { envelope } = parsed;
  const offset = utf16Offsets(line, length);
  const spanOf = (at: Span): Span => ({ start: offset(at.start), end: offset(at.end) });
  const inLine = (at: Span): TextField => {
    const place = spanOf(at);
    return { value: line.slice(place.start, place.end), span: place };
  };
  const inMessage = fieldReader(envelope, inLine);
  return {
    form: envelope.form,
    time: envelope.time,
    timeSpan: envelope.timeSpan === null ? null : spanOf(envelope.timeSpan),
    host: envelope.hostSpan === null ? null : inLine(envelope.hostSpan),
    program: envelope.programSpan === null ? null : inLine(envelope.programSpan),
    daemon: envelope.daemon,
    system: envelope.system,
    pid: envelope.pid,
    pidSpan: envelope.pidSpan === null ? null : spanOf(envelope.pidSpan),
    level: envelope.level,
    repeated: envelope.repeated,
    message: inMessage(envelope.message),
    place: spanOf(envelope.place),
    template: toTextMatch(parsed.message, inMessage),
    entry: toTextMatch(parsed.entry, inMessage),
  };
}

/** Reads spans that count as `Envelope.message` does. */
function fieldReader({ text }: Envelope, inLine: (at: Span) => TextField): (at: Span) => TextField {
  return text === null ? inLine : (at) => ({ value: decodeUtf8(text, at.start, at.end), span: null });
}

function toTextMatch(match: TemplateMatch | null, read: (at: Span) => TextField): TextMatch | null {
  if (match === null) return null;
  const fields = Object.entries(match.fields).map(([name, at]): [string, TextField] => [name, read(at)]);
  return { templateId: match.templateId, fields: Object.fromEntries(fields) };
}
