import { oneText } from "../../memory/remember.ts";
import { isSpaceCode, skipSpace, trimmedEnd } from "../../text/ascii.ts";
import { type Span, span } from "../../text/span.ts";
import { documentSpan, type JoinedText, sliceJoined } from "../lines/joined-text.ts";
import type { MasterCfProblemKind, Override } from "./master-node.ts";
import { isWellBraced, type MasterWord } from "./master-word.ts";

/** Options of Postfix daemons that take a value, beside `-o` (single_server(3), multi_server(3), trigger_server(3)). */
const OPTIONS_WITH_VALUE = "imnrst";
/** Their command line goes on with attributes of their own. */
const TAKES_ATTRIBUTES: ReadonlySet<string> = new Set(["pipe", "spawn"]);

type Report = (kind: MasterCfProblemKind, at: Span) => void;

/** One `name=value`, wherever it stands. */
interface Assignment {
  readonly form: Override["form"];
  readonly from: number;
  readonly to: number;
}

function parseOverride(
  joined: JoinedText,
  at: Assignment,
  whole: Span,
  argumentIndex: number,
  argumentCount: number,
  report: Report,
): Override | null {
  const { text } = joined;
  const start = skipSpace(text, at.from, at.to);
  let nameEnd = start;
  while (nameEnd < at.to && text.charAt(nameEnd) !== "=" && !isSpaceCode(text.charCodeAt(nameEnd))) nameEnd += 1;
  const equals = skipSpace(text, nameEnd, at.to);
  if (nameEnd === start) {
    report("override-without-name", whole);
    return null;
  }
  if (equals >= at.to || text.charAt(equals) !== "=") {
    report("override-without-equals", whole);
    return null;
  }
  const valueFrom = skipSpace(text, equals + 1, at.to);
  const valueTo = trimmedEnd(text, valueFrom, at.to);
  const afterEquals = documentSpan(joined, equals, equals + 1).end;
  const empty = valueTo === valueFrom;
  const value = oneText(text.slice(valueFrom, valueTo));
  return {
    form: at.form,
    name: text.slice(start, nameEnd),
    nameSpan: documentSpan(joined, start, nameEnd),
    value,
    valueSpan: empty ? span(afterEquals, afterEquals) : documentSpan(joined, valueFrom, valueTo),
    valueText: empty
      ? { text: "", pieces: [], origin: afterEquals }
      : { ...sliceJoined(joined, valueFrom, valueTo), text: value },
    span: whole,
    argumentIndex,
    argumentCount,
  };
}

/**
 * The options of an entry as the daemon's getopt() takes them: up to the first word that is none. What follows is a mistake
 * (a value with blanks, a comment) except for pipe(8) and spawn(8).
 */
export function readMasterOptions(
  joined: JoinedText,
  words: readonly MasterWord[],
  command: string,
  report: Report,
): { readonly overrides: readonly Override[]; readonly optionCount: number } {
  const overrides: Override[] = [];
  let index = 0;
  for (; index < words.length; index += 1) {
    const word = words[index];
    if (word === undefined) break;
    const option = joined.text.slice(word.contentFrom, word.contentTo);
    if (!option.startsWith("-") || option === "-" || option === "--") break;
    let letter = 1;
    while (letter < option.length && option[letter] !== "o" && !OPTIONS_WITH_VALUE.includes(option.charAt(letter)))
      letter += 1;
    if (letter >= option.length) continue;
    const joinedValue = letter + 1 < option.length;
    const value = joinedValue ? word : words[index + 1];
    if (option[letter] === "o") {
      if (value === undefined) {
        report("override-without-value", word.span);
      } else {
        const at: Assignment = joinedValue
          ? { form: "joined", from: word.contentFrom + letter + 1, to: word.contentTo }
          : { form: value.braced ? "braced" : "separate", from: value.contentFrom, to: value.contentTo };
        const whole = span(word.span.start, value.span.end);
        if (!isWellBraced(joined.text, value)) report("brace", value.span);
        const override = parseOverride(joined, at, whole, index, joinedValue ? 1 : 2, report);
        if (override !== null) overrides.push(override);
      }
    }
    if (!joinedValue) index += 1;
  }
  const optionCount = Math.min(index, words.length);
  reportRest(joined, words.slice(optionCount), command, report);
  return { overrides, optionCount };
}

function reportRest(joined: JoinedText, words: readonly MasterWord[], command: string, report: Report): void {
  for (const word of words) if (!isWellBraced(joined.text, word)) report("brace", word.span);
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined || TAKES_ATTRIBUTES.has(command)) return;
  if (first.text === "--" && words.length === 1) return;
  report(first.text.startsWith("#") ? "comment-argument" : "stray-argument", span(first.span.start, last.span.end));
}
