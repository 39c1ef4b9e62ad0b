import assert from "node:assert/strict";
import { test } from "node:test";
import { didYouMean, editDistance } from "@postmaster/core/text/did-you-mean.ts";
import { shellQuote } from "@postmaster/core/text/shell-quote.ts";
import { truncate } from "@postmaster/core/text/truncate.ts";
import { visibleText } from "@postmaster/core/text/visible-text.ts";
import { isWritableLine } from "@postmaster/core/text/writable-text.ts";

test("a typo finds its word, a far word finds none", () => {
  const names = ["smtpd_banner", "smtp_banner", "mydestination", "myhostname"];
  assert.equal(didYouMean("smptd_banner", names), "smtpd_banner");
  assert.equal(didYouMean("MyDestinaton", names), "mydestination");
  assert.equal(didYouMean("relayhost", names), null);
  assert.equal(didYouMean("x".repeat(1_000_000), names), null);
});

test("edit distance counts a swap as one edit and gives up at its limit", () => {
  assert.equal(editDistance("smptd", "smtpd", 3), 1);
  assert.equal(editDistance("kitten", "sitting", 3), 3);
  assert.equal(editDistance("kitten", "sitting", 2), null);
  assert.equal(editDistance("", "abc", 3), 3);
  assert.equal(editDistance("same", "same", 0), 0);
});

test("what cannot be seen becomes visible, the rest stays", () => {
  assert.equal(visibleText("a\nb\u0007\u001b[31m"), "a\\u{a}b\\u{7}\\u{1b}[31m");
  assert.equal(visibleText("abc\u202etxt.exe\u200b"), "abc\\u{202e}txt.exe\\u{200b}");
  assert.equal(visibleText("lone \ud800 half"), "lone \\u{d800} half");
  assert.equal(visibleText("größe 😀 \u00a0"), "größe 😀 \u00a0");
});

test("a shell word cannot leave its quotes, and what a terminal would act on is refused", () => {
  assert.equal(shellQuote("/etc/postfix/main.cf"), "/etc/postfix/main.cf");
  assert.equal(shellQuote("a b"), "'a b'");
  assert.equal(shellQuote("x'; rm -rf ~ #"), "'x'\\''; rm -rf ~ #'");
  assert.equal(shellQuote("$(id)`id`"), "'$(id)`id`'");
  assert.equal(shellQuote(""), "''");
  // zsh puts the path of a program in the place of `=program`.
  assert.equal(shellQuote("=id"), "'=id'");
  assert.equal(shellQuote("inet_protocols=ipv4"), "inet_protocols=ipv4");
  for (const text of ["a\0b", "a\nb", "a\rb", "a\tb", "a\u001bb", "a\u0085b", "\ud800"])
    assert.equal(shellQuote(text), null);
});

test("truncating keeps characters whole", () => {
  assert.equal(truncate("abcdef", 6), "abcdef");
  assert.equal(truncate("abcdef", 4), "abc…");
  assert.equal(truncate("ab😀d", 4), "ab…");
  assert.equal(truncate("abc", 0), "");
});

test("a line of configuration is one line in everybody's eyes", () => {
  assert.ok(isWritableLine("smtpd_banner = $myhostname\tESMTP é 😀"));
  for (const text of ["a\nb", "a\rb", "a\0", "a\u0085b", "a\u2028b", "a\ufeffb", "a\udc00"])
    assert.equal(isWritableLine(text), false);
});
