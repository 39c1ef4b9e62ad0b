import assert from "node:assert/strict";
import { test } from "node:test";
import { createCatalogueEngine } from "../../../../core/features/catalogue-engine.ts";
import { readQuery, writeQuery } from "../../../../core/report/log/line-query.ts";
import { matchesQuery } from "../../../../core/report/log/match-query.ts";
import { reportLineReader } from "../../../../core/report/log/read-report-line.ts";
import { reportLine } from "../../../../core/report/log/report-line.ts";
import { reportOf, tallyOf } from "./a-report.ts";

const engine = createCatalogueEngine();
const encoder = new TextEncoder();

/** How many of the lines the number of a recipient opens. */
function linesOf(recipient: string, lines: readonly string[]): number {
  const query = readQuery(writeQuery({ event: "delivered", field: "recipient", value: recipient }));
  assert.ok(query !== null);
  const scanner = engine.createScanner("both");
  const read = reportLineReader(engine.scanNames, "find");
  const taken = reportLine();
  return lines.filter((line) => {
    const bytes = encoder.encode(line);
    scanner.scan(bytes, 0, bytes.length);
    read(scanner, taken);
    return matchesQuery(taken, query);
  }).length;
}

function delivery(recipient: string): string {
  return `Nov  9 06:00:00 mail postfix/lmtp[9]: 4Zx1Qk0Y1Mz3kT: to=<${recipient}>, relay=none, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 Ok)`;
}

test("the number of a recipient opens the lines that were counted for it, however long its name is", () => {
  for (const length of [1, 255, 256, 257, 300, 1024, 1025, 1100, 3000]) {
    const lines = ["a", "A", "b"].map((letter) => delivery(letter.repeat(length)));
    const { list } = reportOf(tallyOf(lines)).recipients;
    assert.deepEqual(
      list.map(({ count }) => count),
      [2, 1],
    );
    for (const { name, count } of list) assert.equal(linesOf(name, lines), count, `${length} letters`);
  }
});

test("letters beyond ASCII are told apart where names are counted, and where their lines are looked for", () => {
  const lines = [
    "ärger@example.com",
    "Ärger@example.com",
    "ärger@EXAMPLE.com",
    "\u212A@example.com",
    "k@example.com",
  ].map(delivery);
  const { list } = reportOf(tallyOf(lines)).recipients;
  assert.equal(list.length, 4);
  for (const { name, count } of list) assert.equal(linesOf(name, lines), count, name);
});
