import type { Span } from "../text/span.ts";
import type { System } from "./systems.ts";

/** How bad a line says it is, in Postfix's words. */
export type LogLevel = "info" | "warning" | "error" | "fatal" | "panic";

/** Which family of programs wrote a line; null when the program is none we know. */
export type LogSystem = System | null;

/**
 * The form a line's header takes.
 * - `bsd`: `Nov 22 10:00:00 host tag[pid]: `, from any syslog daemon, from postlogd and from `journalctl -o short`: the
 *   bytes are the same.
 * - `rfc3339`: the same header with an ISO stamp, such as rsyslog's of Debian 12.
 * - `rfc5424`: syslog protocol 1, with or without its priority.
 * - `journal-short`: a BSD stamp with a fraction (`short-precise`), a UNIX time or a monotonic one.
 * - `journal-iso`: an ISO stamp as journalctl writes it, zone without a colon.
 * - `journal-full`: a weekday and a zone name, as in `short-full` and `with-unit`.
 * - `journal-json`: one JSON object a line.
 * - `docker`: any of these behind a container's prefix or with a level column.
 * - `none`: no stamp; a bare message (`journalctl -o cat`), perhaps behind a tag.
 */
export type EnvelopeForm =
  | "bsd"
  | "rfc3339"
  | "rfc5424"
  | "journal-short"
  | "journal-iso"
  | "journal-full"
  | "journal-json"
  | "docker"
  | "none";

/** A time as written. Parts the line does not carry are null (a BSD stamp has neither year nor zone). */
export interface LogTime {
  readonly year: number | null;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Fraction of a second in microseconds, 0 where the line has none. */
  readonly microsecond: number;
  /** Minutes east of UTC, null where the line does not say. */
  readonly offsetMinutes: number | null;
}

/**
 * Everything around a message. All spans are byte offsets from the start of the line, but for `message` where `text` is
 * not null.
 */
export interface Envelope {
  readonly form: EnvelopeForm;
  readonly time: LogTime | null;
  readonly timeSpan: Span | null;
  readonly hostSpan: Span | null;
  /** The whole tag, such as `postfix/submission/smtpd`. */
  readonly programSpan: Span | null;
  /**
   * The last part of the tag, such as `smtpd`, as written. Null without a tag. Dovecot puts its service at the start of
   * the message (`dovecot: imap-login: …`): that service is the daemon.
   */
  readonly daemon: string | null;
  readonly system: LogSystem;
  readonly pid: number | null;
  readonly pidSpan: Span | null;
  readonly level: LogLevel;
  /**
   * The unescaped message where the line holds it escaped (`journalctl -o json`), else null. If not null, `message` and
   * the fields of the matches are offsets in this array.
   */
  readonly text: Uint8Array | null;
  /** The message proper: after any `warning: ` prefix, without white space at its end. */
  readonly message: Span;
  /** Where the message lies in the line. The same as `message` unless the line holds it escaped. */
  readonly place: Span;
  /** How often the message came: rsyslog folds equal lines into `message repeated 3 times: [ … ]`. Else 1. */
  readonly repeated: number;
}

/**
 * What the matcher found in a message: a template's id and where each typed field lies (bytes, counted as
 * `Envelope.message` is).
 */
export interface TemplateMatch {
  readonly templateId: string;
  readonly fields: Readonly<Record<string, Span>>;
}

/**
 * A line of a log, understood as far as it can be. The two matches are independent: what the program printed, and what
 * we explain.
 */
export interface LogLine {
  readonly envelope: Envelope;
  /** The message template that the line is an instance of. */
  readonly message: TemplateMatch | null;
  /** The catalogue entry that explains the line; `templateId` is the entry's id. */
  readonly entry: TemplateMatch | null;
}
