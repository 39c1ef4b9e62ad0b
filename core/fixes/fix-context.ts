import type { SourceFile } from "../io/file-port.ts";
import type { DovecotConfiguration } from "../model/find-dovecot.ts";
import type { MailServer } from "../model/mail-server.ts";
import type { PatternMatcher } from "../model/pattern-matcher.ts";

/** The values of a line's typed fields by field name; null for a field the line lacks. What strangers chose is in here. */
export type FieldValues = (field: string) => string | null;

export type OsFamily = "debian" | "rhel" | "freebsd" | "openbsd";

/** Where the line stands and who wrote it. */
export interface LogOrigin {
  /** The tag before the pid, such as `postfix/submission/smtpd`: tells which service of master.cf spoke. */
  readonly program: string | null;
  /** The message of the line, for fixes that depend on its wording. */
  readonly message: string;
}

/** All that a fix may look at. */
export interface FixContext {
  /** The configuration of the log's own server; null if there is none we may edit. */
  readonly server: MailServer | null;
  /** iRedAPD's settings.py. */
  readonly iredapd: SourceFile | null;
  readonly dovecot: DovecotConfiguration | null;
  /** Answers to questions of earlier offers, by question id. */
  readonly answers: Readonly<Record<string, string>>;
  readonly patternMatcher: PatternMatcher;
  /** Table types this Postfix was built with (`postconf -m`, the log or a setting); null if not known. */
  readonly tableTypes: ReadonlySet<string> | null;
  readonly origin: LogOrigin;
  readonly osFamily: OsFamily | null;
  /** The one who applies the edits writes bytes, not text: files that are not UTF-8 may be edited. */
  readonly editsBytes?: boolean;
}
