/** Where aliases(5) sends mail. `text` is without quotes: an address, a path, a command, or the path of a list of targets. */
export interface AliasTarget {
  readonly kind: "address" | "file" | "command" | "include";
  readonly text: string;
  /** UTF-16 offsets in the value, quotes included. */
  readonly start: number;
  readonly end: number;
}

const INCLUDE = ":include:";

/**
 * The targets of an alias's value, or of one line of a list that `:include:` names: separated by commas or blanks, which quotes keep inside
 * (aliases(5)). So `|/bin/filter -x` without quotes is a command and an address `-x`. Any text has some.
 */
export function aliasTargets(value: string): readonly AliasTarget[] {
  const targets: AliasTarget[] = [];
  for (let at = 0; at < value.length; ) {
    if (isSeparator(value[at] ?? "")) {
      at += 1;
      continue;
    }
    const end = targetEnd(value, at);
    const text = unquoted(value.slice(at, end));
    if (text !== "") targets.push({ ...kindOf(text), start: at, end });
    at = end;
  }
  return targets;
}

function kindOf(text: string): Pick<AliasTarget, "kind" | "text"> {
  if (text.startsWith("|")) return { kind: "command", text: text.slice(1) };
  if (text.startsWith("/")) return { kind: "file", text };
  if (text.toLowerCase().startsWith(INCLUDE)) return { kind: "include", text: text.slice(INCLUDE.length) };
  return { kind: "address", text };
}

function targetEnd(value: string, from: number): number {
  let isQuoted = false;
  let at = from;
  for (; at < value.length; at += 1) {
    const char = value[at] ?? "";
    if (char === "\\") at += 1;
    else if (char === '"') isQuoted = !isQuoted;
    else if (isSeparator(char) && !isQuoted) break;
  }
  return Math.min(at, value.length);
}

function unquoted(text: string): string {
  let plain = "";
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? "";
    if (char === '"') continue;
    if (char === "\\" && at + 1 < text.length) {
      at += 1;
      plain += text[at] ?? "";
    } else plain += char;
  }
  return plain;
}

function isSeparator(char: string): boolean {
  return char === "," || char === " " || char === "\t" || char === "\n" || char === "\r";
}
