import { isAlnumCode, isSpaceCode, skipSpace, trimmedEnd } from "../../text/ascii.ts";
import { type Span, span } from "../../text/span.ts";
import { lineFeedAt } from "../lines/line-at.ts";
import { isSecretSetting } from "../table/parse-client-config.ts";

export interface DovecotSetting {
  readonly name: string;
  readonly nameSpan: Span;
  /** As written, quotes included, a trailing comment not. */
  readonly value: string;
  /** Empty, after the `=`, for an empty value. */
  readonly valueSpan: Span;
  /** Enclosing sections, outermost first, such as `["protocol imap"]`; empty at top level. */
  readonly sections: readonly string[];
  /** 1-based. */
  readonly line: number;
}

export interface DovecotInclude {
  readonly path: string;
  readonly pathSpan: Span;
  /** `!include_try`: may be missing. */
  readonly optional: boolean;
  readonly line: number;
}

export interface DovecotProblem {
  readonly kind: "unclosed-section" | "unexpected-brace" | "not-understood";
  readonly span: Span;
  readonly line: number;
}

export interface DovecotConf {
  readonly text: string;
  readonly settings: readonly DovecotSetting[];
  readonly includes: readonly DovecotInclude[];
  /** Values of settings that hold passwords. */
  readonly secretSpans: readonly Span[];
  readonly problems: readonly DovecotProblem[];
}

const HASH = 35;
const BACKSLASH = 92;

/** End of what stands before a comment: `#` counts at the start of a line and after a blank, outside of quotes. */
function contentEnd(text: string, from: number, to: number): number {
  let quote = 0;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (quote !== 0) {
      if (code === BACKSLASH) at += 1;
      else if (code === quote) quote = 0;
    } else if (code === 34 || code === 39) {
      quote = code;
    } else if (code === HASH && (at === from || isSpaceCode(text.charCodeAt(at - 1)))) {
      return trimmedEnd(text, from, at);
    }
  }
  return trimmedEnd(text, from, to);
}

function isNameCode(code: number): boolean {
  return isAlnumCode(code) || code === 95 || code === 45 || code === 47 || code === 46 || code === 64;
}

/** A logical line: a backslash at the end of a physical one continues it. */
function lineEnd(text: string, from: number): { readonly end: number; readonly next: number; readonly count: number } {
  let count = 1;
  for (let start = from; ; ) {
    const feed = lineFeedAt(text, start);
    const end = text.charAt(feed - 1) === "\r" ? feed - 1 : feed;
    const first = skipSpace(text, start, end);
    const comment = text.charCodeAt(first) === HASH && start === from;
    if (comment || feed === text.length || text.charCodeAt(end - 1) !== BACKSLASH) {
      return { end, next: Math.min(text.length, feed + 1), count };
    }
    start = feed + 1;
    count += 1;
  }
}

/** Read a Dovecot configuration file (2.3 and 2.4): settings, sections and includes; what else there is is reported. */
export function parseDovecotConf(text: string): DovecotConf {
  const settings: DovecotSetting[] = [];
  const includes: DovecotInclude[] = [];
  const problems: DovecotProblem[] = [];
  const open: { readonly title: string; readonly at: Span; readonly line: number }[] = [];
  let line = 1;
  for (let start = 0; start < text.length; ) {
    const { end, next, count } = lineEnd(text, start);
    const from = skipSpace(text, start, end);
    const to = contentEnd(text, from, end);
    const at = span(from, to);
    if (to > from) {
      const last = text.charAt(to - 1);
      let nameEnd = from;
      while (nameEnd < to && isNameCode(text.charCodeAt(nameEnd))) nameEnd += 1;
      const equals = skipSpace(text, nameEnd, to);
      if (text.charAt(from) === "!") {
        const include = readInclude(text, from, to, line);
        if (include === null) problems.push({ kind: "not-understood", span: at, line });
        else includes.push(include);
      } else if (to - from === 1 && last === "}") {
        if (open.pop() === undefined) problems.push({ kind: "unexpected-brace", span: at, line });
      } else if (nameEnd > from && equals < to && text.charAt(equals) === "=") {
        const valueFrom = Math.min(skipSpace(text, equals + 1, to), to);
        const valueSpan = valueFrom === to ? span(equals + 1, equals + 1) : span(valueFrom, to);
        const sections = open.map((section) => section.title);
        const name = text.slice(from, nameEnd);
        settings.push({
          name,
          nameSpan: span(from, nameEnd),
          value: text.slice(valueFrom, to),
          valueSpan,
          sections,
          line,
        });
      } else if (last === "{") {
        open.push({ title: text.slice(from, trimmedEnd(text, from, to - 1)), at, line });
      } else {
        problems.push({ kind: "not-understood", span: at, line });
      }
    }
    start = next;
    line += count;
  }
  for (const section of open) problems.push({ kind: "unclosed-section", span: section.at, line: section.line });
  const secretSpans = settings.filter((setting) => isSecretSetting(setting.name)).map((setting) => setting.valueSpan);
  return { text, settings, includes, secretSpans, problems };
}

function readInclude(text: string, from: number, to: number, line: number): DovecotInclude | null {
  let wordEnd = from;
  while (wordEnd < to && !isSpaceCode(text.charCodeAt(wordEnd))) wordEnd += 1;
  const word = text.slice(from, wordEnd);
  const pathFrom = skipSpace(text, wordEnd, to);
  if ((word !== "!include" && word !== "!include_try") || pathFrom >= to) return null;
  return { path: text.slice(pathFrom, to), pathSpan: span(pathFrom, to), optional: word === "!include_try", line };
}

/** The text a tree was parsed from: settings and what stands between them. */
export function printDovecotConf(tree: DovecotConf): string {
  let result = "";
  let done = 0;
  for (const { nameSpan, valueSpan } of tree.settings) {
    result += tree.text.slice(done, nameSpan.start) + tree.text.slice(nameSpan.start, valueSpan.end);
    done = valueSpan.end;
  }
  return result + tree.text.slice(done);
}

/** The top-level setting that counts in this file: the last one. */
export function effectiveSetting(tree: DovecotConf, name: string): DovecotSetting | null {
  return tree.settings.findLast((setting) => setting.name === name && setting.sections.length === 0) ?? null;
}
