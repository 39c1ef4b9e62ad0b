import { addTo } from "../collections/lists-by-key.ts";
import { type Mail, messageIdOf } from "./mail.ts";
import type { Delivery, Step } from "./step.ts";

/**
 * What became of a mail for one recipient, as far as the log goes.
 * - `accepted`: Postfix's `status=sent`: the next hop took it. That is a server, a mailbox or a command; what it did then, its own log knows
 * - `deferred`: it will be tried again
 * - `bounced`: it was returned
 * - `expired`: tried for too long, then returned
 * - `other`: a status of another kind, such as `deliverable`
 */
export type Outcome = "accepted" | "deferred" | "bounced" | "expired" | "other";

/** Outcomes in words. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  accepted: "accepted by the next hop",
  deferred: "deferred",
  bounced: "bounced",
  expired: "expired and returned to the sender",
  other: "neither delivered nor returned",
};

export interface Attempt extends Delivery {
  readonly step: Step;
}

export interface RecipientFacts {
  readonly address: string;
  /** The address before aliases, where it differed. */
  readonly original: string | null;
  readonly outcome: Outcome;
  /** In the order of the log; the last decides. At least one. */
  readonly attempts: readonly Attempt[];
}

/** A line that every mail of this kind has, and that these logs do not hold. */
export type MissingLine = "arrival" | "message-id" | "active" | "delivery" | "removed";

/** Missing lines in words. */
export const MISSING_WORDS: Readonly<Record<MissingLine, string>> = {
  arrival: "the line with client= or uid=, which says where it came from",
  "message-id": "the line with message-id=",
  active: "the line with from=, size= and nrcpt=",
  delivery: "lines with to= and status= for some of its recipients",
  removed: "the line removed, which ends it",
};

/** What the lines of one mail say together. Null where none says it; strings are hostile. */
export interface MailFacts {
  /** Empty for the null sender. */
  readonly sender: string | null;
  readonly size: number | null;
  readonly recipientCount: number | null;
  readonly client: string | null;
  readonly uid: string | null;
  readonly saslUsername: string | null;
  readonly messageId: string | null;
  readonly recipients: readonly RecipientFacts[];
  /** Rejected before it was queued. */
  readonly isRefused: boolean;
  /** Taken from the client and thrown away, as a rule of this server says. */
  readonly isDiscarded: boolean;
  /** On hold: nobody tries to deliver it until it is released. */
  readonly isHeld: boolean;
  readonly isRemoved: boolean;
  /** Queued anew by hand: it goes on under another id. */
  readonly isRequeued: boolean;
  readonly missing: readonly MissingLine[];
}

/** @param isBorn another mail of this server became this one, so that nobody sent it: no arrival is missing */
export function mailFacts(mail: Mail, isBorn: boolean): MailFacts {
  let sender: string | null = null;
  let size: number | null = null;
  let recipientCount: number | null = null;
  let client: string | null = null;
  let uid: string | null = null;
  let saslUsername: string | null = null;
  let isRefused = false;
  let isDiscarded = false;
  let isHeld = false;
  let isRemoved = false;
  let isRequeued = false;
  let isExpired = false;
  let isActive = false;
  const attempts = new Map<string, Attempt[]>();

  for (const step of mail.steps) {
    const { said } = step;
    switch (said.kind) {
      case "arrival":
        ({ client, uid, saslUsername } = said);
        break;
      case "active":
        isActive = true;
        isHeld = false;
        sender = said.sender ?? sender;
        size = said.size ?? size;
        recipientCount = said.recipientCount ?? recipientCount;
        break;
      case "delivery":
        addTo(attempts, `${said.recipient} ${said.origRecipient ?? ""}`, { ...said, step });
        break;
      case "verdict":
        sender ??= said.sender;
        isRefused ||= REFUSALS.has(said.verb) && said.stage !== "RCPT";
        isDiscarded ||= DISCARDS.has(said.verb) && said.stage !== "RCPT";
        isHeld ||= HOLDS.has(said.verb);
        break;
      case "expired":
        isExpired = true;
        break;
      case "removed":
        isRemoved = true;
        break;
      case "by hand":
        isHeld = said.deed === "held" || (isHeld && said.deed !== "released");
        isRequeued ||= said.deed === "requeued";
        break;
      default:
    }
  }

  if (isActive || attempts.size > 0) isRefused = isDiscarded = false;
  const isNotQueued = isRefused || isDiscarded;
  const recipients = [...attempts.values()].map((tries) => recipientFacts(tries, isExpired));
  const messageId = messageIdOf(mail);
  const isMoving = isActive || recipients.length > 0 || isRemoved;
  const isOver = recipients.length > 0 && recipients.every(({ outcome }) => outcome !== "deferred");
  const lacks: Readonly<Record<MissingLine, boolean>> = {
    arrival: client === null && uid === null && !isBorn,
    "message-id": messageId === null && isMoving && !isNotQueued,
    active: !isActive && isMoving && !isNotQueued,
    delivery: isRemoved && !isNotQueued && recipients.length < (recipientCount ?? 1),
    removed: !isRemoved && isOver && recipients.length >= (recipientCount ?? 1),
  };
  const missing = ORDER.filter((line) => lacks[line]);
  return {
    sender,
    size,
    recipientCount,
    client,
    uid,
    saslUsername,
    messageId,
    recipients,
    isRefused,
    isDiscarded,
    isHeld,
    isRemoved,
    isRequeued,
    missing,
  };
}

const ORDER: readonly MissingLine[] = ["arrival", "message-id", "active", "delivery", "removed"];

/** Verbs after which a mail with a queue id is not queued. Those of RCPT are about one recipient. */
const REFUSALS: ReadonlySet<string> = new Set(["reject", "milter-reject"]);
const DISCARDS: ReadonlySet<string> = new Set(["discard", "milter-discard"]);
const HOLDS: ReadonlySet<string> = new Set(["hold", "milter-hold", "milter-quarantine"]);

function recipientFacts(attempts: readonly Attempt[], isExpired: boolean): RecipientFacts {
  const last = attempts.at(-1);
  const outcome = outcomeOf(last?.status ?? "");
  return {
    address: last?.recipient ?? "",
    original: last?.origRecipient ?? null,
    outcome: outcome === "deferred" && isExpired ? "expired" : outcome,
    attempts,
  };
}

function outcomeOf(status: string): Outcome {
  if (status === "sent") return "accepted";
  return status === "deferred" || status === "bounced" || status === "expired" ? status : "other";
}
