import { isAlnumCode, isDigitCode } from "../../text/ascii.ts";
import type { RuleFault } from "../rule-fault.ts";

const WORDS = {
  group: "Unmatched ( or \\(",
  bracket: "Unmatched [, [^, [:, [., or [=",
  class: "Invalid character class name",
  range: "Invalid range end",
  repeat: "Invalid preceding regular expression",
  brace: "Unmatched \\{",
  bounds: "Invalid content of \\{\\}",
  reference: "Invalid back reference",
} as const;

const CLASSES: ReadonlySet<string> = new Set(
  "alnum alpha blank cntrl digit graph lower print punct space upper xdigit".split(" "),
);

/** Where reading stands. */
interface Reading {
  readonly text: string;
  at: number;
  /** Something stands before that can be repeated. */
  repeatable: boolean;
  /** Open groups, and those that are closed. */
  open: number;
  closed: number;
}

type Step = { readonly fault: keyof typeof WORDS } | "unknown" | null;

/**
 * What regcomp(3) of the GNU C library says of a POSIX extended regular expression; null if it says nothing. `unknown` for basic ones
 * (flag `x`) and for what is not certain.
 */
export function posixFault(pattern: string, flags: string): RuleFault | null | "unknown" {
  // Each `x` toggles.
  if ((flags.split("x").length - 1) % 2 === 1) return "unknown";
  const reading: Reading = { text: pattern, at: 0, repeatable: false, open: 0, closed: 0 };
  while (reading.at < pattern.length) {
    const from = reading.at;
    const step = next(reading);
    if (step === "unknown") return "unknown";
    if (step !== null) return { offset: from, words: WORDS[step.fault] };
  }
  return reading.open > 0 ? { offset: null, words: WORDS.group } : null;
}

function next(reading: Reading): Step {
  const character = reading.text.charAt(reading.at);
  switch (character) {
    case "\\":
      return escape(reading);
    case "[":
      return bracket(reading);
    case "(":
      reading.open += 1;
      return move(reading, 1, false);
    case ")":
      if (reading.open > 0) {
        reading.open -= 1;
        reading.closed += 1;
      }
      return move(reading, 1, true);
    case "|":
    case "^":
    case "$":
      return move(reading, 1, false);
    case "*":
    case "+":
    case "?":
      return reading.repeatable ? move(reading, 1, true) : { fault: "repeat" };
    case "{":
      return reading.repeatable ? bounds(reading) : { fault: "repeat" };
    default:
      return move(reading, 1, true);
  }
}

function move(reading: Reading, by: number, repeatable: boolean): null {
  reading.at += by;
  reading.repeatable = repeatable;
  return null;
}

/** `\2` refers to a group that is closed; of other letters and of none only some are certain. */
function escape(reading: Reading): Step {
  const code = reading.text.charCodeAt(reading.at + 1);
  if (Number.isNaN(code)) return "unknown";
  if (isDigitCode(code) && code !== 48 && code - 48 > reading.closed) return { fault: "reference" };
  // `\b` and its like match a place, and whether a place can be repeated is not looked into.
  if (!isAlnumCode(code) || isDigitCode(code) || "wWsSdD".includes(String.fromCharCode(code)))
    return move(reading, 2, true);
  return "unknown";
}

/** `{2}`, `{2,}`, `{,3}` or `{2,3}`. */
function bounds(reading: Reading): Step {
  const close = reading.text.indexOf("}", reading.at);
  const inside = reading.text.slice(reading.at + 1, close === -1 ? undefined : close);
  const [low = "", high, ...more] = inside.split(",");
  const isNumber = (text: string): boolean => !text.split("").some((digit) => digit < "0" || digit > "9");
  if (more.length > 0 || !isNumber(low) || !isNumber(high ?? "") || inside === "") {
    return close === -1 ? "unknown" : { fault: "bounds" };
  }
  if (close === -1) return { fault: "brace" };
  // A greater number is “too big”, or takes the memory of the machine.
  if (Number(low) > 255 || Number(high ?? "0") > 255) return "unknown";
  if (high !== undefined && high !== "" && Number(low) > Number(high)) return { fault: "bounds" };
  return move(reading, close + 1 - reading.at, true);
}

function bracket(reading: Reading): Step {
  const { text } = reading;
  let at = reading.at + 1;
  if (text.charAt(at) === "^") at += 1;
  if (text.charAt(at) === "]") at += 1;
  for (; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === "]") return move(reading, at + 1 - reading.at, true);
    const kind = character === "[" ? text.charAt(at + 1) : "";
    if (kind === "." || kind === "=") return "unknown";
    if (kind === ":") {
      const end = text.indexOf(":]", at + 2);
      if (end === -1) return { fault: "bracket" };
      if (!CLASSES.has(text.slice(at + 2, end))) return { fault: "class" };
      at = end + 1;
      continue;
    }
    const to = text.charAt(at + 1) === "-" ? text.charAt(at + 2) : "";
    if (to === "" || to === "]") continue;
    // The order of other characters is the locale's.
    if (!isAlnumCode(character.charCodeAt(0)) || !isAlnumCode(to.charCodeAt(0))) return "unknown";
    if (character > to) return { fault: "range" };
    at += 2;
  }
  return { fault: "bracket" };
}
