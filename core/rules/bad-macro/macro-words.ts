import type { MacroProblem } from "../../syntax/value/macro.ts";
import { skipSpace, trimmedEnd } from "../../text/ascii.ts";

const OPERATORS = '"==" or "!="" or "<"" or "<="" or ">="" or ">"';
/** Postfix quotes no more of what follows a mistake. */
const LONGEST = 20;

/** What mac_parse(3) and mac_expand(3) print for a mistake in a value. Offsets of the problem are in `value`. Null where that is not certain. */
export function macroWords(value: string, problem: MacroProblem): string | null {
  const { start, end } = problem.span;
  const rest = value.slice(start, end).slice(0, LONGEST);
  switch (problem.kind) {
    case "truncated":
      return isInside(value, start) ? null : `truncated macro reference: "${value}"`;
    case "empty-name":
      return isInside(value, start) ? null : `empty macro name: "${value}"`;
    case "function":
    case "name-syntax": {
      const name = wordEnd(value, start);
      return `attribute name syntax error at: "...${value.slice(start, name)}>>>${value.slice(name, end).slice(0, LONGEST)}"`;
    }
    case "operator-expected": {
      const left = operandBefore(value, start);
      const after = value.slice(start, expressionEnd(value, start)).slice(0, LONGEST);
      return left === null ? null : `${OPERATORS} expected at: "...${left}}>>>${after}"`;
    }
    case "operand-expected": {
      const operator = trimmedEnd(value, 0, start);
      const open = value.lastIndexOf("${", operator);
      const after = value.slice(operator, expressionEnd(value, operator)).slice(0, LONGEST);
      return open === -1 ? null : `"{expression}" expected at: "...${value.slice(open + 2, operator)}>>>${after}"`;
    }
    case "question-expected":
      return `"?" or ":" expected at: "...}>>>${rest}"`;
    case "colon-expected": {
      const left = operandBefore(value, start);
      return left === null ? null : `":" expected at: "...${left}}>>>${rest}"`;
    }
    case "text-after-expression": {
      const left = operandBefore(value, start);
      return left === null ? null : `unexpected input at: "...${left}}>>>${rest}"`;
    }
    case "bad-suffix": {
      let from = start;
      while (from > 0 && "=!<>".includes(value.charAt(from - 1))) from -= 1;
      return `bad operator suffix at: "...${value.slice(from, start)}>>>${rest}"`;
    }
    default:
      return null;
  }
}

/** Whether the mistake lies in a part of another expression, of which Postfix quotes that part alone. */
function isInside(value: string, at: number): boolean {
  let depth = 0;
  for (let from = 0; from < at; from += 1) {
    if (value.charAt(from) === "{") depth += 1;
    else if (value.charAt(from) === "}") depth -= 1;
  }
  return depth > 0;
}

/** The text between the braces that end before `at`. */
function operandBefore(value: string, at: number): string | null {
  const close = trimmedEnd(value, 0, at) - 1;
  if (value.charAt(close) !== "}") return null;
  let depth = 0;
  for (let from = close; from >= 0; from -= 1) {
    if (value.charAt(from) === "}") depth += 1;
    else if (value.charAt(from) === "{") {
      depth -= 1;
      if (depth === 0) return value.slice(from + 1, close);
    }
  }
  return null;
}

function expressionEnd(value: string, at: number): number {
  let depth = 0;
  for (let to = at; to < value.length; to += 1) {
    if (value.charAt(to) === "{") depth += 1;
    else if (value.charAt(to) === "}" && depth-- === 0) return to;
  }
  return value.length;
}

function wordEnd(value: string, at: number): number {
  let end = skipSpace(value, at);
  while (end < value.length && /[A-Za-z0-9_]/.test(value.charAt(end))) end += 1;
  return end;
}
