import { isDigitCode, lowerAscii } from "../../text/ascii.ts";
import { type Span, span } from "../../text/span.ts";
import type { JoinedText } from "../lines/joined-text.ts";
import { type ListElement, splitList } from "./list.ts";
import { type RestrictionArgumentKind, restrictionArgument } from "./restriction-argument.ts";

export { type RestrictionArgumentKind, restrictionArgument } from "./restriction-argument.ts";

/** One restriction with all that belongs to it. */
export interface RestrictionItem {
  /** `restriction`: a name Postfix has. `table`: a bare `type:name`. `other`: a restriction class, `$name`, or unknown. */
  readonly kind: "restriction" | "table" | "other";
  /** Lower case for restrictions, as written for others. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly argumentKind: RestrictionArgumentKind | null;
  /** The argument's element; null if it takes none, or if it is missing. For a bare table: the table itself. */
  readonly argument: ListElement | null;
  /** The `warn_if_reject` in front, which disarms it. */
  readonly warnIfReject: ListElement | null;
  /** All elements from `warn_if_reject` to the argument, in order: what goes when the item is removed. */
  readonly elements: readonly ListElement[];
  /** From the first to the last of them. */
  readonly span: Span;
}

export interface RestrictionProblem {
  readonly kind: "missing-argument" | "unbalanced-brace" | "dangling-warn-if-reject";
  readonly span: Span;
}

export interface RestrictionList {
  readonly elements: readonly ListElement[];
  readonly items: readonly RestrictionItem[];
  readonly problems: readonly RestrictionProblem[];
}

const WARN = "warn_if_reject";

function isNumber(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (!isDigitCode(text.charCodeAt(at))) return false;
  return text !== "";
}

/** Whether Postfix takes the next element for the argument: any domain, but only a table or server that has a colon. */
function isArgument(element: ListElement | undefined, kind: RestrictionArgumentKind): element is ListElement {
  if (element === undefined) return false;
  if (kind === "domain") return true;
  if (kind === "number") return isNumber(element.text);
  return element.braced || element.text.includes(":") || element.text.startsWith("$");
}

/** Group the elements of a restriction list (smtpd_recipient_restrictions and the like) into restrictions with their arguments. */
export function parseRestrictionList(value: JoinedText): RestrictionList {
  const { elements, problems: listProblems } = splitList(value);
  const items: RestrictionItem[] = [];
  const problems: RestrictionProblem[] = [];
  for (const problem of listProblems) {
    if (problem.kind === "unbalanced-brace") problems.push({ kind: "unbalanced-brace", span: problem.span });
  }
  let warn: ListElement | null = null;
  for (let index = 0; index < elements.length; index += 1) {
    const element = elements[index];
    if (element === undefined) break;
    const kind = restrictionArgument(element.text);
    if (lowerAscii(element.text) === WARN) {
      if (warn !== null) items.push(itemOf("restriction", WARN, warn, null, null, null));
      warn = element;
      continue;
    }
    if (kind === undefined) {
      const table = element.text.includes(":") && !element.text.startsWith("$");
      items.push(
        itemOf(table ? "table" : "other", element.text, element, table ? "table" : null, table ? element : null, warn),
      );
    } else if (kind === null) {
      items.push(itemOf("restriction", lowerAscii(element.text), element, null, null, warn));
    } else {
      const next = elements[index + 1];
      const argument = isArgument(next, kind) ? next : null;
      if (argument === null || restrictionArgument(argument.text) !== undefined) {
        problems.push({ kind: "missing-argument", span: element.span });
      }
      if (argument !== null) index += 1;
      items.push(itemOf("restriction", lowerAscii(element.text), element, kind, argument, warn));
    }
    warn = null;
  }
  if (warn !== null) {
    problems.push({ kind: "dangling-warn-if-reject", span: warn.span });
    items.push(itemOf("restriction", WARN, warn, null, null, null));
  }
  return { elements, items, problems };
}

function itemOf(
  kind: RestrictionItem["kind"],
  name: string,
  element: ListElement,
  argumentKind: RestrictionArgumentKind | null,
  argument: ListElement | null,
  warnIfReject: ListElement | null,
): RestrictionItem {
  const elements: ListElement[] = warnIfReject === null ? [element] : [warnIfReject, element];
  if (argument !== null && argument !== element) elements.push(argument);
  const first = elements[0] ?? element;
  const last = elements.at(-1) ?? element;
  return {
    kind,
    name,
    nameSpan: element.span,
    argumentKind,
    argument,
    warnIfReject,
    elements,
    span: span(first.span.start, last.span.end),
  };
}
