import { listsByKey } from "../collections/lists-by-key.ts";
import { beginOf, endOf, type Mail, messageIdOf } from "./mail.ts";
import type { Step } from "./step.ts";

/**
 * How one queue file came of another.
 * - `queued as`: the next hop, whose log we have too, named the id it gave; or the next one named the id it had
 * - `forwarded as`: local(8) sent it on, as an alias or a .forward file says
 * - `notification`: bounce(8) wrote to the sender or the postmaster
 * - `message-id`: no line says so, but the mail of the same message-id arrived while this one was handed over
 */
export type LinkKind = "queued as" | "forwarded as" | "notification" | "message-id";

export interface Link {
  readonly from: Mail;
  readonly to: Mail;
  readonly kind: LinkKind;
}

/** Whether Postfix itself made this mail, of another or about another: then nobody sent it here. */
export function isBorn(mail: Mail, links: readonly Link[]): boolean {
  return links.some(({ to, kind }) => to === mail && (kind === "forwarded as" || kind === "notification"));
}

/** Clocks of two hosts, and lines that several processes wrote at once, are this far apart, in ms. */
const SLACK = 2000;

/**
 * What came of what. The evidence: an id that a line names is that mail if it began while the naming one lived, and if their message-ids,
 * where both are known, are the same (a notification's differs). Where no id is named, one message-id and times that fit. Closeness in time
 * alone links nothing: the id in a stranger's reply may be one of ours by chance.
 */
export function linkMails(mails: readonly Mail[]): readonly Link[] {
  const byId = listsByKey(mails, ({ queueId }) => queueId);
  const links: Link[] = [];
  const born = new Set<Mail>();
  const add = (from: Mail, to: Mail | null, kind: LinkKind): void => {
    if (to === null || from === to || born.has(to)) return;
    born.add(to);
    links.push({ from, to, kind });
  };

  for (const mail of mails) {
    for (const step of mail.steps) {
      const { said } = step;
      if (said.kind === "delivery") {
        for (const id of said.nextIds) {
          const kind = said.isForward ? "forwarded as" : "queued as";
          add(mail, child(byId.get(id), mail, step, kind), kind);
        }
      } else if (said.kind === "filter") {
        for (const id of said.nextIds) add(mail, child(byId.get(id), mail, step, "queued as"), "queued as");
      } else if (said.kind === "notification") {
        add(mail, child(byId.get(said.newQueueId), mail, step, "notification"), "notification");
      }
    }
  }
  for (const mail of mails) {
    const parent = born.has(mail) ? null : originalOf(mail, byId);
    if (parent !== null) add(parent, mail, "queued as");
  }
  linkByMessageId(mails, born, add);
  return links;
}

/** The mail that `step` of `parent` names: of all that had the id the last that had begun. */
function child(named: readonly Mail[] | undefined, parent: Mail, step: Step, kind: LinkKind): Mail | null {
  return (
    named?.findLast((mail) => {
      if (kind !== "queued as" && mail.host !== parent.host) return false;
      if (kind !== "notification" && differ(messageIdOf(parent), messageIdOf(mail))) return false;
      return isWithin(beginOf(mail), beginOf(parent), step.place.ms);
    }) ?? null
  );
}

/** The mail whose id a filter passed on, or that `postsuper -r` queued again. */
function originalOf(mail: Mail, byId: ReadonlyMap<string, readonly Mail[]>): Mail | null {
  for (const { said, place } of mail.steps) {
    if (said.kind !== "arrival" || said.origQueueId === null) continue;
    const named = byId.get(said.origQueueId);
    return named?.findLast((one) => one !== mail && isWithin(beginOf(one), null, place.ms)) ?? null;
  }
  return null;
}

/** A filter that names no ids: the mail it gave back arrived after the first was taken up and before its delivery was over. */
function linkByMessageId(
  mails: readonly Mail[],
  born: ReadonlySet<Mail>,
  add: (from: Mail, to: Mail, kind: LinkKind) => void,
): void {
  const last = new Map<string, Mail>();
  for (const mail of mails) {
    const messageId = messageIdOf(mail);
    if (messageId === null) continue;
    const earlier = last.get(messageId);
    last.set(messageId, mail);
    if (earlier === undefined || born.has(mail) || earlier.host !== mail.host) continue;
    const handedOver = earlier.steps.some(({ said }) => said.kind === "delivery" && said.status === "sent");
    if (handedOver && isWithin(beginOf(mail), beginOf(earlier), endOf(earlier)) && isLocal(mail)) {
      add(earlier, mail, "message-id");
    }
  }
}

/** It came from this machine, as what a filter gives back does: the same mail sent twice from elsewhere is two mails. */
function isLocal({ steps }: Mail): boolean {
  for (const { said } of steps) {
    if (said.kind === "arrival") return said.client === null || LOOPBACK.some((end) => said.client?.endsWith(end));
  }
  return false;
}

const LOOPBACK = ["[127.0.0.1]", "[::1]"];

function differ(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== other;
}

/** Whether a moment lies between two, as far as they are known. */
function isWithin(ms: number | null, from: number | null, to: number | null): boolean {
  if (ms === null) return true;
  return (from === null || ms >= from - SLACK) && (to === null || ms <= to + SLACK);
}
