import { isSpaceCode, lowerAscii, skipSpace, trimmedEnd } from "../../text/ascii.ts";
import { span } from "../../text/span.ts";
import { documentSpan } from "../lines/joined-text.ts";
import { logicalLineIn } from "../lines/logical-lines.ts";
import type { EntryPlace } from "./indexed-entry.ts";
import type { TableProblem, TableProblemKind } from "./table-tree.ts";

const HASH = 35;

/** A piece of the document that entries are read from, and which keys there were before. */
export interface Cut {
  readonly text: string;
  /** Where it begins in the document. */
  readonly offset: number;
  readonly keyOf: (key: string) => string;
  /** Whether a key, in lower case, is there for the first time; asked once for each. */
  readonly isNew: (key: string) => boolean;
  readonly add: (place: EntryPlace, key: string) => void;
}

/** A logical line: where it stands, and whether it is more than one physical line. */
export interface OpenEntry extends EntryPlace {
  readonly folded: boolean;
}

export interface Lines {
  readonly count: number;
  /** The entry that the last of them belongs to. */
  readonly open: OpenEntry | null;
}

/** The lines of a cut from one on, `last` those above. Entries are read once they have ended. */
export function readLines(cut: Cut, from: number, last: Lines, problems: TableProblem[]): Lines {
  const { text, offset } = cut;
  let line = last.count;
  let open: { readonly start: number; end: number; readonly line: number; folded: boolean } | null =
    last.open === null ? null : { ...last.open };
  for (let at = from; at < text.length; ) {
    const feed = text.indexOf("\n", at);
    const end = feed === -1 ? text.length : feed + 1;
    line += 1;
    const first = skipSpace(text, at, end);
    if (first < end && text.charCodeAt(first) !== HASH) {
      if (open !== null && first > at) {
        open.end = end + offset;
        open.folded = true;
      } else {
        if (open !== null) readEntry(cut, open, problems);
        open = { start: at + offset, end: end + offset, line, folded: false };
      }
    }
    at = end;
  }
  return { count: line, open };
}

export function readEntry(cut: Cut, place: OpenEntry, problems: TableProblem[]): void {
  const { start: from, end: to, line, folded } = place;
  const { offset } = cut;
  const start = from - offset;
  const logical = folded ? logicalLineIn(cut.text, start, to - offset, line) : null;
  const joined = logical?.joined.text ?? cut.text.slice(start, to - offset);
  const nul = joined.indexOf("\0");
  const text = joined.slice(0, trimmedEnd(joined, 0, nul === -1 ? joined.length : nul));
  const report = (kind: TableProblemKind, first: number, last: number): void => {
    const at = logical === null ? span(start + first, start + last) : documentSpan(logical.joined, first, last);
    problems.push({ kind, span: span(at.start + offset, at.end + offset), line });
  };
  if (nul !== -1) report("nul", nul, nul + 1);
  if (isSpaceCode(joined.charCodeAt(0))) {
    report("leading-whitespace", 0, text.length);
    return;
  }
  const { end, quoted } = keyEnd(text);
  if (quoted) {
    report("unbalanced-quote", 0, text.length);
    return;
  }
  if (end === 0) report("missing-key", 0, text.length);
  else if (end === text.length) report("missing-value", 0, text.length);
  if (text.charAt(end - 1) === ":") report("key-ends-with-colon", end - 1, end);
  const key = cut.keyOf(text.slice(0, end));
  if (!cut.isNew(lowerAscii(key))) report("duplicate-key", 0, end);
  cut.add(place, key);
}

/** The first unquoted blank; a backslash takes the next code unit with it. */
function keyEnd(text: string): { readonly end: number; readonly quoted: boolean } {
  let quoted = false;
  let at = 0;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 92) at += 1;
    else if (code === 34) quoted = !quoted;
    else if (!quoted && isSpaceCode(code)) break;
  }
  return { end: Math.min(at, text.length), quoted };
}
