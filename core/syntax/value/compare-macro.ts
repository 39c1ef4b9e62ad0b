import { isDigitCode } from "../../text/ascii.ts";
import type { ComparisonOperator } from "./macro-node.ts";

const LONG_MAX = 9_223_372_036_854_775_807n;

function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (!isDigitCode(text.charCodeAt(at))) return false;
  return text !== "";
}

/** Which signs of `left - right` make a comparison true. */
const HOLDS: Readonly<Record<ComparisonOperator, readonly number[]>> = {
  "==": [0],
  "!=": [-1, 1],
  "<": [-1],
  "<=": [-1, 0],
  ">=": [0, 1],
  ">": [1],
};

function holds(operator: ComparisonOperator, difference: number): boolean {
  return HOLDS[operator].includes(difference < 0 ? -1 : difference > 0 ? 1 : 0);
}

/** strcmp() on the UTF-8 bytes; code points order as their bytes do. */
function compareText(left: string, right: string): number {
  const a = Array.from(left, (char) => char.codePointAt(0) ?? 0);
  const b = Array.from(right, (char) => char.codePointAt(0) ?? 0);
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** `major[.minor[.patch]]` as one number that orders as levels do, or null if malformed. */
function compatibilityLevel(text: string): number | null {
  const parts = text.split(".", 4);
  if (parts.length > 3 || !parts.every((part) => isDigits(part) && part.length <= 5)) return null;
  const [major = 0, minor = 0, patch = 0] = parts.map(Number);
  return (major * 100_000 + minor) * 100_000 + patch;
}

/** Numeric where both sides are all digits, else as text; as levels for `==level`. Null where Postfix would exit. */
export function compareOperands(
  left: string,
  operator: ComparisonOperator,
  level: boolean,
  right: string,
): boolean | null {
  if (level) {
    const a = compatibilityLevel(left);
    const b = compatibilityLevel(right);
    return a === null || b === null ? null : holds(operator, a - b);
  }
  if (!isDigits(left) || !isDigits(right)) return holds(operator, compareText(left, right));
  // A number too long for a C long ends the program; BigInt of a hostile megabyte of digits would be slow.
  if (left.length > 100 || right.length > 100) return null;
  const a = BigInt(left);
  const b = BigInt(right);
  if (a > LONG_MAX || b > LONG_MAX) return null;
  return holds(operator, a < b ? -1 : a > b ? 1 : 0);
}
