import type { TextLine, TextMatch } from "../log/text-line.ts";
import { daemonByName } from "../reference/daemon.ts";
import { parameterByName } from "../reference/parameter.ts";
import { restrictionByName } from "../reference/restriction.ts";
import { decodeEnhanced, decodeReply } from "../reference/status-code.ts";
import { contains, type Span, span } from "../text/span.ts";
import type { Hover } from "./hover.ts";
import {
  daemonMarkdown,
  delaysMarkdown,
  enhancedMarkdown,
  parameterMarkdown,
  replyMarkdown,
  restrictionMarkdown,
  termMarkdown,
} from "./reference-markdown.ts";

/** What one word of a log line is: a code, a queue id, a parameter … Null for words that need no explaining. Offsets are in the line. */
export function explainWord(text: string, line: TextLine, offset: number): Hover | null {
  const queueId = fieldAt(line, "queue_id", offset);
  if (queueId !== null && text.slice(queueId.start, queueId.end) !== "") {
    return { markdown: termMarkdown("queue id", text.slice(queueId.start, queueId.end)), span: queueId };
  }
  const at = wordAt(text, offset);
  const word = text.slice(at.start, at.end);
  const markdown =
    attribute(word) ??
    code(text, at, word, line) ??
    (word === line.program?.value && line.daemon !== null ? daemon(line.daemon) : null) ??
    explainName(word);
  return markdown === null ? null : { markdown, span: at };
}

/** A parameter or a restriction, as Markdown. Bare words of English that happen to be restrictions (`reject`, `permit`) are left alone. */
export function explainName(word: string): string | null {
  if (word.length > 100) return null;
  if (word.includes("_")) {
    const restriction = restrictionByName(word);
    if (restriction !== null) return restrictionMarkdown(restriction);
  }
  const parameter = parameterByName(word);
  return parameter === null ? null : parameterMarkdown(parameter);
}

function daemon(name: string): string | null {
  const known = daemonByName(name);
  return known === null ? null : daemonMarkdown(known);
}

/** `delays=0.1/0/0.2/0.3`, `dsn=4.4.1`, `status=deferred`, `conn_use=2`. */
function attribute(word: string): string | null {
  const equals = word.indexOf("=");
  if (equals === -1) return null;
  const value = word.slice(equals + 1);
  switch (word.slice(0, equals)) {
    case "delays":
      return delaysMarkdown(value.split("/").slice(0, 4));
    case "dsn": {
      const status = decodeEnhanced(value);
      return status === null ? null : enhancedMarkdown(status);
    }
    case "status":
      return termMarkdown("status", word);
    case "conn_use":
      return termMarkdown("conn_use", word);
    default:
      return null;
  }
}

/**
 * A reply code or an enhanced status code. Three digits are many things, so outside the field of that name they count only where a reply
 * stands: before an enhanced code or behind a colon.
 */
function code(text: string, at: Span, word: string, line: TextLine): string | null {
  const status = decodeEnhanced(word);
  if (status !== null) return enhancedMarkdown(status);
  if (word.length !== 3) return null;
  const isField = fieldAt(line, "code", at.start) !== null;
  const next = wordAt(text, at.end + 1);
  const isReply =
    isField || decodeEnhanced(text.slice(next.start, next.end)) !== null || text.slice(at.start - 2, at.start) === ": ";
  const reply = isReply && isDigits(word) ? decodeReply(Number(word)) : null;
  return reply === null ? null : replyMarkdown(reply);
}

function fieldAt(line: TextLine, name: string, offset: number): Span | null {
  return spanAt(line.entry, name, offset) ?? spanAt(line.template, name, offset);
}

function spanAt(match: TextMatch | null, name: string, offset: number): Span | null {
  const place = match?.fields[name]?.span ?? null;
  return place !== null && contains(place, offset) ? place : null;
}

/** The run of word characters around an offset; empty where there is none. No longer than a name can be. */
function wordAt(text: string, offset: number): Span {
  let start = offset;
  let end = offset;
  while (start > 0 && offset - start < LONGEST_WORD && isWordCharacter(text[start - 1])) start -= 1;
  while (end < text.length && end - offset < LONGEST_WORD && isWordCharacter(text[end])) end += 1;
  while (end > start && text[end - 1] === ".") end -= 1;
  return span(start, end);
}

const LONGEST_WORD = 200;

function isWordCharacter(character: string | undefined): boolean {
  if (character === undefined) return false;
  return (
    (character >= "a" && character <= "z") ||
    (character >= "A" && character <= "Z") ||
    (character >= "0" && character <= "9") ||
    "_./=-".includes(character)
  );
}

function isDigits(text: string): boolean {
  for (const character of text) if (character < "0" || character > "9") return false;
  return text !== "";
}
