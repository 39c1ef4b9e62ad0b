import assert from "node:assert/strict";
import { test } from "node:test";
import { codeSpan, escapeMarkdown } from "@postmaster/core/text/escape-markdown.ts";

test("Markdown in a HELO name is text", () => {
  assert.equal(escapeMarkdown("[x](command:evil)"), "\\[x\\]\\(command\\:evil\\)");
  assert.equal(escapeMarkdown("<img src=x>"), "\\<img src\\=x\\>");
  assert.equal(escapeMarkdown("a\n# b"), "a \\# b");
  assert.equal(escapeMarkdown("&lt; $(zap)"), "\\&lt\\; \\$\\(zap\\)");
});

test("an address is not linked, an indented text is no code block", () => {
  assert.equal(escapeMarkdown("https://evil.example"), "https\\:\\/\\/evil\\.example");
  assert.equal(escapeMarkdown("a@b.example"), "a\\@b\\.example");
  assert.equal(escapeMarkdown("    code  "), "&#32;   code &#32;");
});

test("bidirectional and control characters are shown, not obeyed", () => {
  assert.equal(escapeMarkdown("a\u202eb\u0000"), "a\\\\u\\{202e\\}b\\\\u\\{0\\}");
});

test("no ASCII punctuation stays bare and no line break is left, whatever the text", () => {
  const all = Array.from({ length: 0x250 }, (_, code) => String.fromCharCode(code)).join("");
  const escaped = escapeMarkdown(`${all}${all}`);
  const entities = escaped.replace(/^&#32;|&#32;$/g, "");
  assert.equal(/(?<!\\)(?:\\\\)*[!-/:-@[^-`{-~]/.test(entities.replace(/\\[!-/:-@[-`{-~]/g, "")), false);
  assert.equal(/[\n\r]/.test(escaped), false);
});

test("a code span's fence is longer than any run of backticks inside", () => {
  assert.equal(codeSpan("plain"), "`plain`");
  assert.equal(codeSpan("a`b"), "``a`b``");
  assert.equal(codeSpan("``"), "``` `` ```");
  assert.equal(codeSpan("` [x](y) `"), "`` ` [x](y) ` ``");
  assert.equal(codeSpan(" x "), "`  x  `");
  assert.equal(codeSpan("a\n\n# b"), "`a\\u{a}\\u{a}# b`");
  assert.equal(codeSpan(""), "` `");
});
