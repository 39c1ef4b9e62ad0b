import { isDigitCode } from "../../text/ascii.ts";

/** Postfix keeps such numbers in a C int. */
const INT_MAX = 2_147_483_647;

/** A decimal integer with optional sign and nothing around it, within a C int; else null. */
export function parseInteger(text: string): number | null {
  const signed = text.startsWith("-") || text.startsWith("+");
  const digits = signed ? 1 : 0;
  if (text.length === digits || text.length > 32) return null;
  for (let at = digits; at < text.length; at += 1) if (!isDigitCode(text.charCodeAt(at))) return null;
  const value = Number(text);
  return value <= INT_MAX && value >= -INT_MAX - 1 ? value + 0 : null;
}
