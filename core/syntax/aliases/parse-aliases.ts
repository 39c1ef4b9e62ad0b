import { isSpaceCode, lowerAscii, skipSpace, trimmedEnd } from "../../text/ascii.ts";
import type { Span } from "../../text/span.ts";
import { documentSpan } from "../lines/joined-text.ts";
import { parseLogicalLines } from "../lines/logical-lines.ts";

/** `name: value` of an alias file (aliases(5)). */
export interface AliasEntry {
  /** Without the quotes around it, in lower case: what local(8) looks up. */
  readonly name: string;
  readonly nameSpan: Span;
  /** 1-based first physical line. */
  readonly line: number;
}

export type AliasProblemKind = "no-pair" | "not-local" | "duplicate";

export interface AliasProblem {
  readonly kind: AliasProblemKind;
  readonly span: Span;
  /** Of a duplicate; empty for what has no name. */
  readonly name: string;
}

export interface AliasFile {
  readonly entries: readonly AliasEntry[];
  readonly problems: readonly AliasProblem[];
}

/** Parse the source of postalias(1). Any text parses; lines that it leaves out are problems and no entries. */
export function parseAliases(text: string): AliasFile {
  const entries: AliasEntry[] = [];
  const problems: AliasProblem[] = [];
  const seen = new Set<string>();
  for (const node of parseLogicalLines(text).nodes) {
    // An indented first line is left out too, and said of every kind of file.
    if (node.kind !== "logical" || node.line.indented) continue;
    const { joined, number } = node.line;
    const left = readName(joined.text);
    if (left === null) {
      problems.push({ kind: "no-pair", span: documentSpan(joined, 0, trimmedEnd(joined.text, 0)), name: "" });
      continue;
    }
    const nameSpan = documentSpan(joined, 0, left.end);
    if (left.hasDomain) {
      problems.push({ kind: "not-local", span: nameSpan, name: left.name });
      continue;
    }
    if (seen.has(left.name)) problems.push({ kind: "duplicate", span: nameSpan, name: left.name });
    seen.add(left.name);
    entries.push({ name: left.name, nameSpan, line: number });
  }
  return { entries, problems };
}

interface Left {
  readonly name: string;
  /** Offset behind the name. */
  readonly end: number;
  /** An `@` outside of quotes. */
  readonly hasDomain: boolean;
}

/** What stands before the first colon outside of quotes; null if nothing does, nothing follows, or it is a list. */
function readName(text: string): Left | null {
  let name = "";
  let quoted = false;
  let hasDomain = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === "\\") {
      at += 1;
      name += text.charAt(at);
    } else if (character === '"') quoted = !quoted;
    else if (!quoted && character === ",") return null;
    else if (!quoted && character === ":") {
      const end = trimmedEnd(text, 0, at);
      if (end === 0 || skipSpace(text, at + 1) === text.length) return null;
      return { name: lowerAscii(withoutEndSpace(name)), end, hasDomain };
    } else {
      if (!quoted && character === "@") hasDomain = true;
      name += character;
    }
  }
  return null;
}

function withoutEndSpace(name: string): string {
  let end = name.length;
  while (end > 0 && isSpaceCode(name.charCodeAt(end - 1))) end -= 1;
  return name.slice(0, end);
}
