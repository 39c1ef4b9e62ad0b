import assert from "node:assert/strict";
import { test } from "node:test";
import { reportContent } from "../../../../core/report/log/html/report-content.ts";
import { textReport } from "../../../../core/report/log/text/text-report.ts";
import { plain } from "../../../../core/report/terminal/style.ts";
import { pseudoRandom } from "../../log/pseudo-random.ts";
import { tagsOf } from "../html/page-structure.ts";
import { reportOf, smallDay, tallyOf } from "./a-report.ts";

const PIECES = [
  "",
  "<",
  ">",
  "/",
  "=",
  ", ",
  "status=sent (",
  "\u0000",
  "é",
  "\ud800",
  "delays=",
  "[",
  "]",
  "9".repeat(400),
  "x".repeat(5000),
];

test("lines that were cut, mixed and torn give a report all the same", () => {
  const random = pseudoRandom(11);
  const lines = smallDay();
  const any = (): string => lines[random(lines.length)] ?? "";
  const torn = Array.from({ length: 8000 }, () => {
    const line = any();
    const at = random(line.length + 1);
    const other = any();
    return (
      line.slice(0, at) +
      (PIECES[random(PIECES.length)] ?? "") +
      (random(2) === 0 ? line.slice(at) : other.slice(random(other.length + 1)))
    );
  });
  const report = reportOf(tallyOf(torn));
  assert.equal(report.lines, torn.length);
  assert.ok(report.totals.delivered > 0 && report.totals.rejected > 0);
  for (const line of textReport(report, 80, plain).split("\n")) assert.ok(line.length <= 100, line);
  assert.ok(tagsOf(reportContent(report, { isLive: true }).html).length > 100);
});
