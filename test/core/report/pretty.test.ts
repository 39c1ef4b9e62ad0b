import assert from "node:assert/strict";
import { test } from "node:test";
import type { FixOffer } from "@postmaster/core/fixes/fix-offer.ts";
import type { Finding } from "@postmaster/core/report/finding.ts";
import { prettyReport } from "@postmaster/core/report/pretty.ts";
import { plain } from "@postmaster/core/report/terminal/style.ts";

const LINE =
  "Nov  9 06:50:15 mail postfix/smtpd[1502]: NOQUEUE: reject: RCPT from pool.isp.example[198.51.100.133]: 504 5.5.2 <OFFICEPC7>: Helo command rejected: need fully-qualified hostname; from=<a@b.example>";
const WORDS = "504 5.5.2 <OFFICEPC7>: Helo command rejected: need fully-qualified hostname";

const offer = { id: "entry/start", safety: "safe", cost: "", after: [] } as const;

function finding(fixes: readonly FixOffer[]): Finding {
  const start = LINE.indexOf(WORDS);
  return {
    file: "mail.log",
    line: 1,
    column: start + 1,
    endLine: 1,
    endColumn: start + WORDS.length + 1,
    severity: "warning",
    id: "helo-not-fqdn",
    message: "The HELO name is not a full host name\npool.isp.example[198.51.100.133] introduced itself as OFFICEPC7.",
    postfix: null,
    fixes,
    because: [],
    lineText: LINE,
  };
}

const linesOf = (columns: number, fixes: readonly FixOffer[] = []): readonly string[] =>
  prettyReport(plain, columns).finding(finding(fixes)).trimEnd().split("\n");

test("on a narrow terminal the words in question are in view, marked, and nothing below the headline is broken inside a word", () => {
  const [, source = "", caret = "", ...message] = linesOf(60);
  assert.ok(source.length <= 60 && caret.length <= 60, source);
  assert.equal(source.slice(caret.indexOf("^"), caret.indexOf("^") + 21), WORDS.slice(0, 21));
  assert.deepEqual(message, ["  pool.isp.example[198.51.100.133] introduced itself as", "    OFFICEPC7."]);
});

test("what goes to a file is not broken", () => {
  const [, source, caret, ...message] = linesOf(Number.POSITIVE_INFINITY);
  assert.equal(source, `  ${LINE}`);
  assert.equal(caret, `  ${" ".repeat(LINE.indexOf(WORDS))}${"^".repeat(WORDS.length)}`);
  assert.equal(message.length, 1);
});

test("a service is started by one fix, with the command of each system", () => {
  const start = (system: string, command: string): FixOffer => ({
    ...offer,
    kind: "commands",
    id: `entry/start/${system}`,
    title: `Start Amavis again: ${system}`,
    summary: "Start Amavis again",
    commands: [command],
  });
  const fixes = [start("Debian", "systemctl restart amavis"), start("FreeBSD", "service amavisd restart")];
  assert.equal(
    linesOf(Number.POSITIVE_INFINITY, fixes).at(-1),
    "  fix (safe): Start Amavis again: systemctl restart amavis (Debian), service amavisd restart (FreeBSD)",
  );
});

test("where no file was found, the line to add is told, a stranger's escape sequence made visible", () => {
  const lines: FixOffer = {
    ...offer,
    kind: "lines",
    title: "Raise the limit",
    fileName: "main.cf",
    text: "limit = 1500\u001b[2J\n",
    reason: "No configuration was found.",
    commands: [],
  };
  const told = linesOf(Number.POSITIVE_INFINITY, [lines]).at(-1) ?? "";
  assert.ok(told.startsWith("  fix (safe): Raise the limit: to be added to main.cf: limit = 1500"), told);
  assert.ok(!told.includes("\u001b"));
});
