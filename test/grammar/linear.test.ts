import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import textmate, { type IGrammar } from "vscode-textmate";
import { createRegistry, GRAMMAR_FILES, grammarOf } from "./tokenizer.ts";

/** A prefix that leads into the grammar's depths, and pieces that a stranger may repeat behind it. */
const PREFIXES: Readonly<Record<string, readonly string[]>> = {
  "text.postfix-log": [
    "Nov 22 10:00:00 mx1 postfix/smtpd[1]: NOQUEUE: reject: RCPT from ",
    '{"MESSAGE":"',
    "1 2026-11-22T10:00:00Z h p 1 - [",
    "",
  ],
  "source.postfix-main-cf": ["a = ", ""],
  "source.postfix-master-cf": ["smtp inet n - y - - smtpd ", ""],
  "source.postfix-table": ["key ", '"', ""],
  "source.postfix-regexp-table": ["/", "/x/ ", ""],
  "source.postfix-cidr-table": ["192.0.2.0/24 ", ""],
  "source.postfix-table-config": ["query = ", "password = ", ""],
};
const PIECES = [
  "<",
  "x",
  ":",
  " ",
  "[",
  "[a",
  "${",
  "$",
  "a=",
  "<a@b>",
  '"',
  "\\",
  "1.",
  "warning: ",
  "hash:",
  "{",
  "a.b-",
  "reject_",
  "::",
  "A1:2",
  "(?",
  "'",
  "/",
];

/** VS Code gives up at 20,000; more than that, and its double. UTF-16 code units. */
const SHORT = 30_000;
/** Twice the text may take twice the time, and as much again for noise. */
const FACTOR = 4;
/** Below so many milliseconds a measurement is all noise. */
const NOISE = 40;

for (const [scope, prefixes] of Object.entries(PREFIXES)) {
  test(`${GRAMMAR_FILES[scope]}: a line twice as long takes about twice as long`, async () => {
    const grammar = await grammarOf(await createRegistry(), scope);
    for (const prefix of prefixes) {
      for (const piece of PIECES) {
        const line = (length: number): string => prefix + piece.repeat(Math.ceil(length / piece.length));
        const once = quickest(grammar, line(SHORT), 0);
        const allowed = Math.max(once, NOISE) * FACTOR;
        const twice = quickest(grammar, line(2 * SHORT), allowed);
        assert.ok(
          twice <= allowed,
          `"${prefix}" and many "${piece}": ${once.toFixed(0)} ms, then ${twice.toFixed(0)} ms`,
        );
      }
    }
  });
}

/** Milliseconds of this thread's own time, which a busy machine does not lengthen: the best of three, or the first that is good enough. */
function quickest(grammar: IGrammar, line: string, enough: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3 && best > enough; i += 1) {
    const start = process.threadCpuUsage();
    grammar.tokenizeLine2(line, textmate.INITIAL);
    const { user, system } = process.threadCpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
    if (best < NOISE) break;
  }
  return best;
}
