import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { isDigitCode } from "../../text/ascii.ts";
import { effectiveValue } from "../effective.ts";
import type { MailServer } from "../mail-server.ts";

/** What smtpd sends back. `text` may hold what the client said: hostile. */
export interface Reply {
  readonly code: number;
  /** RFC 3463; its first digit is that of the code. */
  readonly enhanced: string;
  readonly text: string;
}

/** The words smtpd(8) has for what it refuses. */
export type ReplyClass =
  | "Client host"
  | "Unverified Client host"
  | "Client certificate"
  | "SASL login name"
  | "Helo command"
  | "Sender address"
  | "Recipient address"
  | "Data command"
  | "End-of-data";

/** A reply with its enhanced code in step with the code, as smtpd_check_reject() sends it. Codes beyond 4xx and 5xx are none. */
export function replyOf(code: number, enhanced: string, text: string): Reply {
  if (code < 400 || code > 599 || !isEnhanced(enhanced))
    return { code: 450, enhanced: "4.7.1", text: "Service unavailable" };
  return { code, enhanced: `${String(code).slice(0, 1)}${enhanced.slice(1)}`, text };
}

/** With `soft_bounce = yes` every refusal is one for now. */
export function softened(reply: Reply): Reply {
  if (reply.code < 500) return reply;
  return { ...reply, code: reply.code - 100, enhanced: `4${reply.enhanced.slice(1)}` };
}

/** A `*_reject_code` parameter as a number; what is no number falls to 450, which smtpd's own check does with such codes. */
export function replyCode(server: MailServer, service: MasterService | null, parameter: string): number {
  const value = Number(effectiveValue(server, parameter, service).expanded ?? "");
  return Number.isInteger(value) ? value : 450;
}

/** `5.7.1 text` → its parts; without an enhanced code in front, the one given. */
export function splitEnhanced(text: string, otherwise: string): { readonly enhanced: string; readonly text: string } {
  const end = text.search(/\s/);
  const word = end === -1 ? text : text.slice(0, end);
  if (!isEnhanced(word)) return { enhanced: otherwise, text };
  return { enhanced: word, text: end === -1 ? "" : text.slice(end).trimStart() };
}

/** RFC 3463: class 2, 4 or 5, subject and detail of up to three digits. */
function isEnhanced(text: string): boolean {
  const parts = text.split(".", 4);
  const [kind = "", ...rest] = parts;
  if (parts.length !== 3 || !["2", "4", "5"].includes(kind)) return false;
  return rest.every((part) => part !== "" && part.length <= 3 && allDigits(part));
}

export function allDigits(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (!isDigitCode(text.charCodeAt(at))) return false;
  return text !== "";
}

const SENDER_DETAILS: Readonly<Record<string, string>> = {
  "1": "7",
  "2": "8",
  "3": "7",
  "4": "7",
  "6": "7",
  "7": "7",
  "8": "8",
};
const RECIPIENT_DETAILS: Readonly<Record<string, string>> = {
  "1": "1",
  "2": "2",
  "3": "3",
  "4": "4",
  "5": "5",
  "6": "6",
  "7": "3",
  "8": "2",
};

/** Codes about an address (x.1.x) turned into those of what is refused: smtpd_dsn_fix() of Postfix. */
export function enhancedFor(enhanced: string, replyClass: ReplyClass): string {
  if (enhanced.slice(1, 4) !== ".1.") return enhanced;
  const detail = enhanced.slice(4);
  if (replyClass === "Sender address") return `4.1.${SENDER_DETAILS[detail] ?? "0"}`;
  if (replyClass === "Recipient address") return `4.1.${RECIPIENT_DETAILS[detail] ?? "0"}`;
  return "4.0.0";
}
