import type { Delays } from "../log/fields.ts";
import type { LogLevel } from "../log/log-line.ts";
import type { Mark } from "./life.ts";

/** Where and when a line was written. */
export interface StepPlace {
  /** Which of the logs, as the caller counts them. */
  readonly source: number;
  /** Line number from 1. */
  readonly line: number;
  /** Milliseconds since 1970; null for a line without a time. */
  readonly ms: number | null;
  /** The same moment as RFC 3339 text. */
  readonly time: string | null;
}

/** One line of a log that is about a mail or an SMTP session. Strings are hostile: as logged. */
export interface Step {
  readonly place: StepPlace;
  readonly host: string | null;
  readonly program: string | null;
  readonly pid: number | null;
  readonly level: LogLevel;
  readonly isPostfix: boolean;
  /** The mail's own; null for NOQUEUE, sessions and lines known by their message-id. */
  readonly queueId: string | null;
  readonly mark: Mark;
  /** The whole message, the queue id included. */
  readonly message: string;
  readonly said: Said;
}

/** What a line says. `other`: something about this mail that has no form of its own here. */
export type Said =
  | { readonly kind: "connect"; readonly client: string | null }
  | { readonly kind: "disconnect" }
  | Arrival
  | { readonly kind: "message-id"; readonly messageId: string }
  | Active
  | Delivery
  | { readonly kind: "notification"; readonly newQueueId: string }
  | { readonly kind: "expired" }
  | { readonly kind: "removed" }
  /** postsuper(1), told by somebody. */
  | { readonly kind: "by hand"; readonly deed: "requeued" | "held" | "released" }
  | Verdict
  | { readonly kind: "filter"; readonly nextIds: readonly string[] }
  | { readonly kind: "stored"; readonly messageId: string }
  | { readonly kind: "other" };

/** The queue file was opened: by smtpd(8) for a client, or by pickup(8) for a local user. */
export interface Arrival {
  readonly kind: "arrival";
  /** `name[address]`; null for mail of a local user. */
  readonly client: string | null;
  readonly saslUsername: string | null;
  /** User id; null for mail of a client. */
  readonly uid: string | null;
  /** The queue id it had before a filter or `postsuper -r`. */
  readonly origQueueId: string | null;
}

/** qmgr(8) took it up. */
export interface Active {
  readonly kind: "active";
  /** Empty for the null sender. */
  readonly sender: string | null;
  /** Bytes. */
  readonly size: number | null;
  readonly recipientCount: number | null;
}

/** One attempt for one recipient. */
export interface Delivery {
  readonly kind: "delivery";
  readonly recipient: string;
  readonly origRecipient: string | null;
  readonly relay: string | null;
  /** Seconds since the mail arrived. */
  readonly delay: number | null;
  readonly delays: Delays | null;
  readonly dsn: string | null;
  readonly status: string;
  readonly reason: string;
  /** Queue ids that the reply names. They may be another server's. */
  readonly nextIds: readonly string[];
  /** local(8) made another mail of it, here. */
  readonly isForward: boolean;
}

/** A client or a mail was rejected, discarded, held … */
export interface Verdict {
  readonly kind: "verdict";
  /** Such as `reject` or `milter-reject`. */
  readonly verb: string;
  /** Where in the session, such as `RCPT`; null where the content was at fault. */
  readonly stage: string | null;
  readonly sender: string | null;
  readonly recipient: string | null;
}
