import type { SourceFile } from "../../io/file-port.ts";
import type { Span } from "../../text/span.ts";

/** A place in the configuration that produced a line of a log. */
export interface SettingPlace {
  /** What stands there, in words: `check_helo_access in smtpd_helo_restrictions`. May hold what a client said: hostile. */
  readonly words: string;
  readonly file: SourceFile;
  readonly span: Span;
  /** Nothing in the line says so; it is what is left. */
  readonly isGuess: boolean;
}
