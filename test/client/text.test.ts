import assert from "node:assert/strict";
import { test } from "node:test";
import { afterSummary } from "@postmaster/client/text/after-summary.ts";
import { answerProblem } from "@postmaster/client/text/answer-problem.ts";
import { commented } from "@postmaster/client/text/commented.ts";
import { plainText } from "@postmaster/client/text/plain-text.ts";
import { terminalLine } from "@postmaster/client/text/terminal-line.ts";
import { withoutMessage } from "../../client/text/without-message.ts";

test("a link or an icon in a stranger's text stays text", () => {
  assert.equal(plainText("Accept [x](command:workbench.action.quit)"), "Accept [x] (command:workbench.action.quit)");
  assert.equal(plainText("$(alert) HELO"), "$ (alert) HELO");
  assert.equal(plainText("a\nb\u202ec\u0000"), "a b c ");
  assert.equal(plainText("x".repeat(10_000)).length, 601);
});

test("an invisible character between bracket and parenthesis does not bring the link back", () => {
  assert.ok(!plainText("[x]\u200b(command:y)").includes("]("));
});

test("what goes into a terminal has no Enter in it", () => {
  assert.equal(
    terminalLine(["postmap hash:/etc/postfix/virtual", "postfix reload"]),
    "postmap hash:/etc/postfix/virtual && postfix reload",
  );
  for (const trap of ["\n", "\r", "\u001b[A", "\u0003", "\u009b"]) assert.equal(terminalLine([`echo ${trap}`]), null);
  assert.equal(terminalLine([]), null);
});

test("no line of a comment leaves the comment", () => {
  for (const lineBreak of ["\n", "\r\n", "\r", "\v", "\f", "\u0085", "\u2028"]) {
    assert.equal(commented(`because${lineBreak}mynetworks = 0.0.0.0/0`), "# because\n# mynetworks = 0.0.0.0/0");
  }
});

test("what is left to do is said in order", () => {
  const after = [
    { kind: "postmap", table: "lmdb:/etc/postfix/helo_access" },
    { kind: "reload" },
    { kind: "restart", service: "iredapd" },
  ] as const;
  assert.equal(
    afterSummary(after, true),
    "Fixed. To take effect: save the changed files, then run postmap lmdb:/etc/postfix/helo_access, then reload Postfix, then restart iRedAPD.",
  );
  assert.equal(afterSummary([], false), "Fixed.");
});

test("an answer must be what the question expects", () => {
  const good = {
    "email-address": "a.b+c@mail.example.com",
    hostname: "mail.example.com",
    "positive-integer": "1500",
  } as const;
  const bad = {
    "email-address": [
      "",
      "example.com",
      "@example.com",
      "a@b",
      "a b@example.com",
      "a@example.com,b@example.com",
      "a@-x.example",
    ],
    hostname: ["mail", "mail..example", "mail_x.example.com", "a/b.example", `${"a".repeat(64)}.example`],
    "positive-integer": ["0", "-1", "1.5", "1e3", "01", "9".repeat(16)],
  } as const;
  for (const expects of ["email-address", "hostname", "positive-integer"] as const) {
    assert.equal(answerProblem(expects, ` ${good[expects]} `), null);
    for (const answer of bad[expects]) assert.notEqual(answerProblem(expects, answer), null, answer);
  }
});

test("a hover below a problem does not repeat its title, and keeps everything else", () => {
  const page = "**status** · what became of it\n\n---\n\n### The HELO name is known\n\n*Warning*\n\nIt is.";
  const bare = "**status** · what became of it\n\n---\n\n*Warning*\n\nIt is.";
  assert.equal(withoutMessage(page, ["The HELO name is known\nclient.example said so."]), bare);
  assert.equal(withoutMessage(page, ["The HELO name is known"]), bare);
  assert.equal(withoutMessage(page, ["The HELO name\n### The HELO name is known"]), page);
  assert.equal(withoutMessage(page, []), page);
});

test("a hover below a problem does not say its sentence again", () => {
  const page = (meaning: string): string => `### Not yours\n\n*Warning · theirs*\n\n${meaning}\n\n**Likely causes**`;
  const told = "Not yours\n<anna> used sales@example.com as sender.";
  const shown = (meaning: string): string => withoutMessage(page(meaning), [told]);
  assert.equal(
    shown("`<anna>` used `sales@example.com` as\nsender. Postfix `refused`."),
    "*Warning · theirs*\n\nPostfix `refused`.\n\n**Likely causes**",
  );
  assert.equal(shown("`<anna>` used `sales@example.com` as sender."), "*Warning · theirs*\n\n**Likely causes**");
  const other = "`<anna>` used `sales@example.com` as sender.x";
  assert.ok(shown(other).includes(other), "another sentence stays whole");
});
