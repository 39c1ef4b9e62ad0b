import type { MailFlow } from "./flow/mail-flow.ts";
import type { LogLevel, LogTime } from "./log-line.ts";
import type { EntryTally } from "./scanning/entry-tally.ts";
import type { KnownProgram } from "./scanning/programs.ts";
import type { Texts } from "./template-list.ts";

/** One of many lines, already scanned: `bytes[start..end)`, without its line break. @param number of the line among them, from 0 */
export type LineVisitor = (bytes: Uint8Array, start: number, end: number, number: number) => void;

/** Which lines are visited: all, those that an entry explains, those that a flow does not count, or those explained that a tally does not count. */
export type WantedLines = "all" | "explained" | MailFlow | EntryTally;

/**
 * One line after the other, understood as LogEngine.readLine does, without making anything for it: the scanner itself is the line, its properties
 * are those of the line last read. For whole files; for one line at a time readLine and readText are the handier.
 *
 * Contract:
 * - `scan` reads the line `bytes[start..end)`, its break included or not, and never throws. All properties hold until the next line of any scanner of the
 *   engine is read, as long as the caller does not write to `bytes`. A scanner has one line: use one scanner for one thread's one pass.
 * - It finds what `readLine` finds: the same ids, the same spans. `test/core/log/line-scanner.test.ts` holds the two against each other.
 * - Offsets are absolute in the array that was given; those of the message and of fields are offsets in `text`.
 * - Linear: the header costs its length (assembly/header.ts says what is remembered from line to line), the message what the matcher costs
 *   (matcher.ts), `find` at most one pass over the message's attribute list a line.
 * - Messages, entries, fields and programs are numbers, good for one engine: index arrays by them. `engine.scanNames` has the names.
 */
export interface LineScanner {
  scan(bytes: Uint8Array, start: number, end: number): void;

  /**
   * Scan the lines that lie in `bytes[start..end)`, the last perhaps without its break, and visit those that are wanted. The visitor may be given
   * another view of the same memory than `bytes`. Several times as fast as `scan` where the bytes lie in a room of the engine (LogEngine.openRoom) and few are
   * visited. @returns how many lines there are
   */
  scanLines(bytes: Uint8Array, start: number, end: number, which: WantedLines, visit: LineVisitor): number;

  /** As written; null without one. The same object as long as the stamp is the same, so it can be compared by identity. */
  readonly time: LogTime | null;
  /** -1 where the line names no host. */
  readonly hostStart: number;
  readonly hostEnd: number;
  /** Tag, daemon and system, numbered in the order of first sight. */
  readonly program: KnownProgram;
  /** -1 where the line has none. */
  readonly pid: number;
  readonly level: LogLevel;
  /** How often the message came: rsyslog folds equal lines. */
  readonly repeated: number;

  /** Where the message and its fields lie: the bytes given, or a copy without escapes (`journalctl -o json`). */
  readonly text: Uint8Array;
  readonly messageStart: number;
  readonly messageEnd: number;

  /** Index in `scanNames.messages`, -1 for a line that is no known message, and with the goal `entry`. */
  readonly message: number;
  /** Index in `scanNames.entries`, -1 for a line that no entry explains. */
  readonly entry: number;

  /**
   * Look for a field of the message; where it has none, of the entry's template, as with the goal `entry`. Sets `valueStart` and `valueEnd`, offsets in
   * `text`. @param field from `scanNames.field`
   */
  find(field: number): boolean;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** The names of a scanner's numbers. */
export interface ScanNames {
  /** Ids of messages. */
  readonly messages: Texts;
  /** Ids of catalogue entries. */
  readonly entries: Texts;
  /** The number of a field, such as `queue_id`, `client_address`, `delays`. Ask once, not a line. */
  field(name: string): number;
}
