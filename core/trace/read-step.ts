import { lineFields } from "../log/fields.ts";
import type { TextLine, TextMatch } from "../log/text-line.ts";
import { markOf } from "./life.ts";
import { namedIds, ownId } from "./queue-id.ts";
import type { Said, Step, StepPlace } from "./step.ts";

const NO_QUEUE = "NOQUEUE: ";
/** How cleanup(8) ends its word on a mail it cannot rewrite: the client is told 4xx, and nothing is queued. */
const NOT_ACCEPTED = "message not accepted, try again later";

/** What a line says about a mail or a session; null for a line about neither. Linear in the line; never throws. */
export function readStep(line: TextLine, place: StepPlace): Step | null {
  const message = line.message.value;
  const isPostfix = line.system === "postfix" || line.system === null;
  const id = ownId(message) ?? (line.system === "amavis" ? (namedIds(message, ["Queue-ID: "])[0]?.id ?? null) : null);
  const said = id === null ? saidWithoutId(line, message) : saidOf(line, message, isPostfix);
  if (said === null) return null;
  return {
    place,
    host: line.host?.value ?? null,
    program: line.program?.value ?? null,
    pid: line.pid,
    level: line.level,
    isPostfix,
    queueId: id,
    mark: id === null || !isPostfix ? "other" : markOf(message.slice(id.length + 2)),
    message,
    said,
  };
}

function saidWithoutId(line: TextLine, message: string): Said | null {
  if (line.system === "dovecot") {
    const messageId = storedMessageId(message);
    return messageId === null ? null : { kind: "stored", messageId };
  }
  if (line.daemon !== "smtpd" && line.daemon !== "postscreen") return null;
  if (message.startsWith(NO_QUEUE)) return verdict(line.template) ?? { kind: "other" };
  if (message.startsWith("connect from ")) return { kind: "connect", client: valueOf(line.template, "client") };
  return message.startsWith("disconnect from ") ? { kind: "disconnect" } : null;
}

function saidOf({ template, system, daemon }: TextLine, message: string, isPostfix: boolean): Said {
  if (daemon === "cleanup" && isPostfix && message.endsWith(NOT_ACCEPTED)) {
    return { kind: "verdict", verb: "reject", stage: null, sender: null, recipient: null };
  }
  if (system === "amavis") {
    return { kind: "filter", nextIds: namedIds(message, ["queued_as: "]).map(({ id }) => id) };
  }
  const read = isPostfix && template !== null ? READERS.get(template.templateId) : undefined;
  const said = read === undefined || template === null ? null : read(template);
  return said ?? (isPostfix ? verdict(template) : null) ?? { kind: "other" };
}

/** By the id of the message (reference/messages). Null where a field is missing: a half line. */
const READERS: ReadonlyMap<string, (match: TextMatch) => Said | null> = new Map([
  ["smtpd/client", arrival],
  ["pickup/picked-up", arrival],
  ["cleanup/message-id", named],
  ["qmgr/queue-active", active],
  ["qmgr/expired-returned-to-sender", (): Said => ({ kind: "expired" })],
  ["qmgr/removed", (): Said => ({ kind: "removed" })],
  ["cleanup/removed", (): Said => ({ kind: "removed" })],
  ["postsuper/requeued", (): Said => ({ kind: "by hand", deed: "requeued" })],
  ["postsuper/placed-on-hold", (): Said => ({ kind: "by hand", deed: "held" })],
  ["postsuper/released-from-hold", (): Said => ({ kind: "by hand", deed: "released" })],
  ["delivery/status", delivery],
  ["bounce/non-delivery-notification", notification],
  ["bounce/delay-notification", notification],
  ["bounce/delivery-status-notification", notification],
]);

function arrival(match: TextMatch): Said {
  return {
    kind: "arrival",
    client: valueOf(match, "client"),
    saslUsername: valueOf(match, "sasl_username"),
    uid: valueOf(match, "uid"),
    origQueueId: valueOf(match, "orig_queue_id"),
  };
}

function named(match: TextMatch): Said | null {
  const value = valueOf(match, "message_id");
  return value === null ? null : { kind: "message-id", messageId: value };
}

function active(match: TextMatch): Said {
  const { sender, size, recipientCount } = lineFields(match);
  return { kind: "active", sender, size, recipientCount };
}

function notification(match: TextMatch): Said | null {
  const newQueueId = valueOf(match, "new_queue_id");
  return newQueueId === null ? null : { kind: "notification", newQueueId };
}

function delivery(match: TextMatch): Said | null {
  const { recipient, origRecipient, relay, delay, delays, dsn, status, reason } = lineFields(match);
  if (recipient === null || status === null) return null;
  const isForward = reason?.startsWith("forwarded as ") === true;
  const next = namedIds(reason ?? "", isForward ? ["forwarded as "] : ["queued as "]);
  return {
    kind: "delivery",
    recipient,
    origRecipient,
    relay,
    delay,
    delays,
    dsn,
    status,
    reason: reason ?? "",
    nextIds: next.map(({ id }) => id),
    isForward,
  };
}

/** smtpd(8), cleanup(8) and Milters: `reject: RCPT from …`, `milter-reject: END-OF-MESSAGE from …`, `reject: header …`. */
function verdict(match: TextMatch | null): Said | null {
  const { verb, stage, sender, recipient } = lineFields(match);
  const action = valueOf(match, "action");
  const isMilter = match?.templateId.startsWith("milter/") === true || match?.templateId.includes("/milter-") === true;
  const word = verb ?? (action === null ? null : isMilter ? `milter-${action}` : action);
  return word === null ? null : { kind: "verdict", verb: word, stage, sender, recipient };
}

/** The message-id in what Dovecot's delivery agents log: `msgid=<a@b>: stored mail into mailbox 'INBOX'`. */
export function storedMessageId(message: string): string | null {
  const at = message.indexOf("msgid=<");
  if (at === -1) return null;
  const end = message.indexOf(">", at);
  return end === -1 ? null : message.slice(at + "msgid=".length, end + 1);
}

function valueOf(match: TextMatch | null, name: string): string | null {
  return match?.fields[name]?.value ?? null;
}
