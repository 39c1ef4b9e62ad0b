import type { Safety } from "../catalogue/safety.ts";
import type { SourceFile } from "../io/file-port.ts";
import type { TextEdit } from "../text/text-edit.ts";

/** The edits of one file, computed against that very snapshot of it. */
export interface FileEdit {
  readonly file: SourceFile;
  readonly edits: readonly TextEdit[];
}

/** What has to happen before an edit takes effect, in order. Paths and table names as the server's host knows them. */
export type AfterStep =
  | { readonly kind: "postmap" | "postalias"; readonly table: string }
  | { readonly kind: "reload" }
  | { readonly kind: "restart"; readonly service: "postfix" | "iredapd" | "dovecot" | "amavis" };

interface OfferBase {
  /** `<entry id>/<fix id>`. */
  readonly id: string;
  /** What will change in which file, in one line, free of control characters. */
  readonly title: string;
  /** What the title begins with, without the files and the changes in them; not given where it is all of the title. */
  readonly summary?: string;
  readonly safety: Safety;
  /** Plain text: what it costs, whom it lets in. Empty only for safe offers. */
  readonly cost: string;
  readonly after: readonly AfterStep[];
  /** The same change as shell commands to copy, each one line, every word quoted where needed. Never run by us. */
  readonly commands: readonly string[];
}

export interface EditOffer extends OfferBase {
  readonly kind: "edit";
  readonly files: readonly FileEdit[];
}

/** One thing must be known first; the same fix is then asked for again with the answer under `question.id`. */
export interface AskOffer extends OfferBase {
  readonly kind: "ask";
  readonly question: Question;
}

/** There is no file we may edit: these lines, to be added by hand to `fileName`. */
export interface LinesOffer extends OfferBase {
  readonly kind: "lines";
  readonly fileName: string;
  readonly text: string;
  readonly reason: string;
}

/** No file changes: only commands, for instance to start a service. */
export interface CommandsOffer extends OfferBase {
  readonly kind: "commands";
  /** The name of the file that would change but may not be written here, free of control characters; not given where no file changes. */
  readonly locked?: string;
}

/** Not offered, and why: it would have no effect or would open the relay. Shown as a disabled action. */
export interface WithheldOffer extends OfferBase {
  readonly kind: "withheld";
  readonly reason: string;
}

export type FixOffer = EditOffer | AskOffer | LinesOffer | CommandsOffer | WithheldOffer;

export interface Question {
  readonly id: string;
  readonly prompt: string;
  readonly placeholder: string;
  /** How an answer is validated before it reaches an edit. */
  readonly expects: "email-address" | "hostname" | "positive-integer";
}
