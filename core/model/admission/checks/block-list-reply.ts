import { expand } from "../../../syntax/value/expand.ts";
import { effectiveValue } from "../../effective.ts";
import type { RestrictionStep } from "../../restrictions.ts";
import { type AdmissionContext, type Position, settingOf } from "../admission-context.ts";
import { allDigits, enhancedFor, type Reply, type ReplyClass, replyOf, splitEnhanced } from "../reply.ts";

const CLASSES: Readonly<Record<string, ReplyClass>> = {
  reject_rbl_client: "Client host",
  reject_rbl: "Client host",
  reject_rhsbl_client: "Client host",
  reject_rhsbl_reverse_client: "Unverified Client host",
  reject_rhsbl_helo: "Helo command",
  reject_rhsbl_sender: "Sender address",
  reject_rhsbl_recipient: "Recipient address",
};

/** What a block list that lists the client is answered with: `default_rbl_reply` filled in. Null for other restrictions. */
export function blockListReply(context: AdmissionContext, position: Position, step: RestrictionStep): Reply | null {
  const replyClass = CLASSES[step.name];
  if (replyClass === undefined) return null;
  const { server, service } = context.tables;
  const template = effectiveValue(server, "default_rbl_reply", service).raw ?? "";
  const said: Readonly<Record<string, string>> = {
    rbl_code: settingOf(context, "maps_rbl_reject_code"),
    rbl_domain: (step.argument ?? "").split("=", 1)[0] ?? "",
    rbl_class: replyClass,
    rbl_what: whatIsListed(context, position, replyClass),
    rbl_reason: "",
  };
  const filled = expand(template, (name) => said[name] ?? null);
  const text = filled.ok ? filled.text : "";
  const code = text.slice(0, 3);
  if (!allDigits(code) || text[3] !== " ") return { code: 450, enhanced: "4.7.1", text: "Service unavailable" };
  const split = splitEnhanced(text.slice(4), "4.7.1");
  return replyOf(Number(code), enhancedFor(split.enhanced, replyClass), split.text || "Service unavailable");
}

function whatIsListed(context: AdmissionContext, { said }: Position, replyClass: ReplyClass): string {
  const { clientAddress, clientName, reverseName } = context.session;
  if (replyClass === "Helo command") return said.helo ?? "";
  if (replyClass === "Sender address") return said.sender ?? "";
  if (replyClass === "Recipient address") return said.recipient ?? "";
  if (replyClass === "Unverified Client host") return reverseName ?? clientName ?? "";
  return clientAddress;
}
