import { replyBy } from "../admission-context.ts";
import { none, permit, reject } from "../outcome.ts";
import type { Check, Checks } from "./check.ts";

/** Restrictions that look at nothing the client said. */
const deferred =
  (kind: "defer-if-permit" | "defer-if-reject", name: string): Check =>
  (_context, { replyName, replyClass }) => {
    const text = `<${replyName}>: ${replyClass} rejected: ${name} requested`;
    return { kind, reply: { code: 450, enhanced: "4.7.0", text }, why: name, place: null };
  };

export const genericChecks: Checks = {
  permit: () => permit("everything is permitted from here on"),
  reject: (context, { replyName, replyClass }) =>
    reject(
      replyBy(context, "reject_code", "5.7.1", `<${replyName}>: ${replyClass} rejected: Access denied`),
      "everything is rejected from here on",
    ),
  defer: (context, { replyName, replyClass }) =>
    reject(
      replyBy(context, "defer_code", "4.3.2", `<${replyName}>: ${replyClass} rejected: Try again later`),
      "everything is deferred from here on",
    ),
  defer_if_permit: deferred("defer-if-permit", "defer_if_permit"),
  defer_if_reject: deferred("defer-if-reject", "defer_if_reject"),
  reject_unauth_pipelining: () => none("the client is taken to wait for each answer"),
  reject_multi_recipient_bounce: () => none("there is one recipient"),
  sleep: () => none("smtpd waits"),
  reject_plaintext_session: (context) =>
    context.session.tls
      ? none("the session is encrypted")
      : reject(
          replyBy(context, "plaintext_reject_code", "4.7.1", "Session encryption is required"),
          "the session is not encrypted",
        ),
};
