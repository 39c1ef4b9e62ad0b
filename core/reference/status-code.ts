import facts from "../generated/status-codes.json" with { type: "json" };
import { type FactRow, factNumber, factRows, factText } from "./fact-row.ts";

/** An enhanced status code (RFC 3463), taken apart. All descriptions are Markdown. */
export interface EnhancedStatus {
  /** As given, such as `5.7.1`. */
  readonly code: string;
  /** The first number: 2 success, 4 try again, 5 never. */
  readonly class: { readonly digit: 2 | 4 | 5; readonly description: string };
  /** The second number: what it is about. Null for a number outside the standard. */
  readonly subject: { readonly number: number; readonly description: string } | null;
  /** The whole code, whatever its class; null where no standard registers it. */
  readonly detail: EnhancedDetail | null;
}

export interface EnhancedDetail {
  /** With the class left open, such as `X.7.1`. */
  readonly code: string;
  readonly name: string;
  /** The standard that registers it, such as `RFC 3463`. */
  readonly source: string;
  readonly description: string;
}

/** An SMTP reply code (RFC 5321). */
export interface ReplyCode {
  readonly code: number;
  /** Null where no standard names the code; then the description is that of its first digit. */
  readonly name: string | null;
  readonly source: string | null;
  readonly description: string;
}

/** Ordered by code. */
export const enhancedDetails: readonly EnhancedDetail[] = factRows(facts.enhanced).map(toDetail);
export const replyCodes: readonly ReplyCode[] = factRows(facts.replies).map(toReply);

const details = new Map(enhancedDetails.map((detail) => [detail.code, detail]));
const replies = new Map(replyCodes.map((reply) => [reply.code, reply]));
const meanings = new Map(
  factRows(facts.meanings).map((row) => [factText(row, "key") ?? "", factText(row, "description") ?? ""]),
);

/** Takes `5.7.1` apart; null for what is no enhanced status code. */
export function decodeEnhanced(code: string): EnhancedStatus | null {
  const parts = code.split(".");
  const [first = "", second = "", third = ""] = parts;
  const digit = first === "2" ? 2 : first === "4" ? 4 : first === "5" ? 5 : null;
  if (digit === null || parts.length !== 3 || !isShortNumber(second) || !isShortNumber(third)) return null;
  const subject = meanings.get(`subject ${Number(second)}`);
  return {
    code,
    class: { digit, description: meanings.get(`class ${digit}`) ?? "" },
    subject: subject === undefined ? null : { number: Number(second), description: subject },
    detail: details.get(`X.${Number(second)}.${Number(third)}`) ?? null,
  };
}

/** Explains a reply code ; null for numbers that are none (a `3xx` nobody knows included). */
export function decodeReply(code: number): ReplyCode | null {
  const known = replies.get(code);
  if (known !== undefined) return known;
  const first = Math.floor(code / 100);
  const description = meanings.get(`class ${first}`);
  if (!Number.isInteger(code) || description === undefined) return null;
  return { code, name: null, source: null, description };
}

function toDetail(row: FactRow): EnhancedDetail {
  return {
    code: factText(row, "code") ?? "",
    name: factText(row, "name") ?? "",
    source: factText(row, "ref") ?? "",
    description: factText(row, "description") ?? "",
  };
}

function toReply(row: FactRow): ReplyCode {
  return {
    code: factNumber(row, "code") ?? 0,
    name: factText(row, "name"),
    source: factText(row, "ref"),
    description: factText(row, "description") ?? "",
  };
}

/** One to three digits, as RFC 3463 allows. */
function isShortNumber(text: string): boolean {
  if (text === "" || text.length > 3) return false;
  for (const character of text) if (character < "0" || character > "9") return false;
  return true;
}
