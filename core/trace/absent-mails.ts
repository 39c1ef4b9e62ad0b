import type { LinkKind } from "./links.ts";
import type { Mail } from "./mail.ts";
import type { Delivery } from "./step.ts";

/** A queue file of this machine that a mail's lines name, and of which these logs have no line. */
export interface AbsentMail {
  readonly queueId: string;
  readonly kind: Exclude<LinkKind, "message-id">;
  /** Who queued it, as logged; null where this Postfix itself made it. Hostile. */
  readonly relay: string | null;
}

/**
 * What came of a mail on this machine, as its lines say, and has no lines: the next queue file behind a content filter, what an alias forwarded, a notification.
 * An id that another server gave is none: its log is not to be had here.
 * @param mails of the same story
 */
export function absentMails(mail: Mail, mails: readonly Mail[]): readonly AbsentMail[] {
  const known = new Set(mails.map(({ queueId }) => queueId));
  const absent = new Map<string, AbsentMail>();
  const add = (queueId: string, kind: AbsentMail["kind"], relay: string | null): void => {
    if (!known.has(queueId) && !absent.has(queueId)) absent.set(queueId, { queueId, kind, relay });
  };
  for (const { said } of mail.steps) {
    if (said.kind === "notification") add(said.newQueueId, "notification", null);
    if (said.kind !== "delivery") continue;
    if (said.isForward) for (const id of said.nextIds) add(id, "forwarded as", null);
    else if (isHere(said)) for (const id of said.nextIds) add(id, "queued as", said.relay);
  }
  return [...absent.values()];
}

/** The next hop is on this machine; and so is the one behind it where a filter names that: `from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as …`. */
function isHere({ relay, reason, status }: Delivery): boolean {
  if (status !== "sent" || relay === null || !isLoopback(relay)) return false;
  const start = reason.indexOf(BEHIND);
  return start === -1 || isLoopback(reason.slice(start, Math.max(start, reason.indexOf(")", start))));
}

const BEHIND = "from MTA(";

function isLoopback(text: string): boolean {
  return text.includes("[127.") || text.includes("[::1]");
}
