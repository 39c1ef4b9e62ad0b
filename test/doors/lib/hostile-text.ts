import type { Random } from "../../core/syntax/random.ts";

/** What strangers might call themselves to act somewhere else: Markdown, HTML, links, terminals, shells, tables, Python. */
export const HOSTILE_TEXTS: readonly string[] = [
  "[click](command:workbench.action.terminal.new)",
  "[x](file:///etc/shadow)",
  "![x](https://evil.example/x.png)",
  "`](https://evil.example)`",
  "<https://evil.example>",
  "https://evil.example/x",
  "<img src=x onerror=alert(1)>",
  "<script>alert(1)</script>",
  "&lt;b&gt;&#91;x](command:x)",
  "**bold** _it_ ~~no~~ $(zap)",
  "``` \u0060\u0060 ~~~",
  "# heading",
  "| table | row |",
  "a\u202Egnp.exe",
  "C\u200B\u2066D\u2069\u00AD\u061C\uFEFF",
  "b\u0007\u001B[31mred\u001B]0;title\u0007\u009B2J",
  "\u001B]8;;https://evil.example\u0007link\u001B]8;;\u0007",
  "x\u0008\u0008\u007F\u0085y",
  "$(touch /tmp/postmaster-was-here)",
  "`touch /tmp/postmaster-was-here`",
  "'; touch /tmp/postmaster-was-here; '",
  "x$/ OK",
  "x/ OK\n/^/ OK",
  "']; import os #",
  "a=OK}, reject_unauth_destination, inline:{b",
  "\uD800",
];

const PIECES: readonly [string, ...string[]] = [
  "\n",
  "\r\n",
  "\r",
  "\u0085",
  "\u2028",
  "\u2029",
  "\v",
  "\f",
  "\0",
  "\u001B[2J",
  "\u202E",
  "\u200B",
  "\uFEFF",
  "\uD800",
  "é",
  "𝕏",
  " ",
  "\t",
  "'",
  '"',
  "'''",
  "\\",
  "\\n",
  "\\x0a",
  "\\'",
  "\\Q",
  "$",
  "$$",
  "$x",
  "${x?y}",
  "$(id)",
  "`id`",
  "/",
  "/ OK",
  "/i OK\n/^",
  "#",
  ",",
  ";",
  "&",
  "|",
  ">",
  "<",
  "~",
  "*",
  "?",
  "!",
  "%",
  "%n",
  "^",
  ".*",
  "[a-z]",
  "(",
  ")",
  "(?i)",
  "{",
  "}",
  "=",
  "=OK",
  "-",
  "-e",
  "--",
  "@",
  "@a.example",
  ".",
  "..",
  ":",
  "inline:{a=OK}",
  "']\nimport os\n[",
  "if /x/",
  "endif",
  "permit",
  "a",
  "mail",
  "example.org",
  "x".repeat(300),
];

function word(from: Random): string {
  return `${from.pick(["pc", "mail", "mta-", "srv_", "EXCHANGE"])}${from.below(100_000)}`;
}

/** A random text: plain in one case of three, so that what refuses everything is not taken for safe. */
export function hostileText(from: Random): string {
  switch (from.below(6)) {
    case 0:
      return word(from);
    case 1:
      return `${word(from)}.${from.pick(["example.org", "local", "example.com", "x"])}`;
    default: {
      let text = from.below(2) === 0 ? word(from) : "";
      for (let count = 1 + from.below(5); count > 0; count -= 1) {
        const at = from.below(text.length + 1);
        text = text.slice(0, at) + from.pick(PIECES) + text.slice(at);
      }
      return text;
    }
  }
}

/** The same with an `@` in it more often than not. */
export function hostileAddress(from: Random): string {
  switch (from.below(4)) {
    case 0:
      return hostileText(from);
    case 1:
      return `${word(from)}@example.com`;
    case 2:
      return `${hostileText(from)}@example.com`;
    default:
      return `${word(from)}@${hostileText(from)}`;
  }
}
