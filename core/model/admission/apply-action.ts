import { lowerAscii } from "../../text/ascii.ts";
import type { LookupPlace } from "../lookup/lookup-result.ts";
import { type AdmissionContext, type Position, replyBy, settingOf } from "./admission-context.ts";
import { none, type Outcome, permit, reject, serverError } from "./outcome.ts";
import { allDigits, enhancedFor, replyOf, splitEnhanced } from "./reply.ts";

/** What a check was about: what a refusal names. */
export interface Subject {
  readonly replyName: string;
  readonly replyClass: Position["replyClass"];
}

/** Actions that change what becomes of the mail, not whether it is let in. */
const SIDE_EFFECTS = new Set(["info", "warn", "filter", "hold", "redirect", "bcc", "prepend"]);

/** What smtpd does with the right-hand side of an access table or the answer of a policy server: access(5). */
export function applyAction(
  context: AdmissionContext,
  position: Position,
  subject: Subject,
  value: string,
  place: LookupPlace | null,
): Outcome {
  const end = value.search(/[ \t]/);
  const word = lowerAscii(end === -1 ? value : value.slice(0, end));
  const text = end === -1 ? "" : value.slice(end).trimStart();
  const refusal = (code: number, enhanced: string, otherwise: string): Outcome => {
    const split = splitEnhanced(text, enhanced);
    const words = split.text === "" ? otherwise : split.text;
    const fixed = enhancedFor(split.enhanced, subject.replyClass);
    const reply = replyOf(code, fixed, `<${subject.replyName}>: ${subject.replyClass} rejected: ${words}`);
    return reject(reply, shown(value), place);
  };
  if (word === "dunno") return none(shown(value), place);
  if (word === "reject") return refusal(codeOf(context, "access_map_reject_code"), "5.7.1", "Access denied");
  if (word === "defer") return refusal(codeOf(context, "access_map_defer_code"), "4.7.1", "Access denied");
  if (word === "defer_if_permit" || word === "defer_if_reject") {
    const split = splitEnhanced(text, "4.7.1");
    const words = `<${subject.replyName}>: ${subject.replyClass} rejected: ${split.text || "Service unavailable"}`;
    const reply = replyBy(context, "access_map_defer_code", enhancedFor(split.enhanced, subject.replyClass), words);
    return {
      kind: word === "defer_if_permit" ? "defer-if-permit" : "defer-if-reject",
      reply,
      why: shown(value),
      place,
    };
  }
  if (SIDE_EFFECTS.has(word)) return none(shown(value), place);
  if (word === "discard") {
    if (!mayDiscard(context, position)) return none(`${shown(value)}: skipped here`, place);
    return { kind: "discard", why: shown(value), place };
  }
  if (allDigits(value)) return permit(`${value}: a number alone means OK`, place);
  if (word.length === 3 && text !== "" && allDigits(word) && (word.startsWith("4") || word.startsWith("5"))) {
    return refusal(Number(word), `${word.slice(0, 1)}.7.1`, "Access denied");
  }
  if (word === "ok" || word === "relay") return permit(shown(value), place);
  if (value.includes(":")) return serverError(`${shown(value)}: tables are not allowed in a table`, place);
  return { kind: "restrictions", text: value, why: shown(value), place };
}

/** smtpd hands the mail to a proxy filter, or knows no sender yet: then it cannot be thrown away. */
function mayDiscard(context: AdmissionContext, position: Position): boolean {
  return settingOf(context, "smtpd_proxy_filter") === "" && position.said.sender !== null;
}

function codeOf(context: AdmissionContext, parameter: string): number {
  return Number(settingOf(context, parameter));
}

function shown(value: string): string {
  return value === "" ? "an empty value" : value;
}
