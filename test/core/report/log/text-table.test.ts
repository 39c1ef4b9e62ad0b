import assert from "node:assert/strict";
import test from "node:test";
import { type Column, textTable } from "../../../../core/report/log/text/table.ts";
import { coloured, plain } from "../../../../core/report/terminal/style.ts";

const COUNT: Column = { align: "right" };
const TITLE: Column = { align: "left", grows: true };
const table = (title: string, columns: number): readonly string[] =>
  textTable([COUNT, TITLE], [[{ text: "12" }, { text: title }]], columns, plain);

test("a title that does not fit goes on below itself, and is whole where there is no terminal", () => {
  const title = "One address expands to more recipients than the limit allows";
  assert.deepEqual(table(title, 30), [
    "  12  One address expands to",
    "      more recipients than the",
    "      limit allows",
  ]);
  assert.deepEqual(table(title, Number.POSITIVE_INFINITY), [`  12  ${title}`]);
});

test("three lines are enough for a title, and a word without an end is cut", () => {
  assert.deepEqual(table("a long story of many words that never ends", 18), [
    "  12  a long story",
    "      of many",
    "      words that …",
  ]);
  assert.deepEqual(table("x".repeat(5000), 18), ["  12  xxxxxxxxxxx…"]);
});

test("a column in the middle is cut, and colours take no room", () => {
  const rows = [[{ text: "TLSv1.3 of a kind", style: "red" as const }, { text: "7" }]];
  assert.deepEqual(textTable([TITLE, COUNT], rows, 15, plain), ["  TLSv1.3 o…  7"]);
  assert.deepEqual(textTable([TITLE, COUNT], rows, 15, coloured), ["  \u001b[31mTLSv1.3 o…\u001b[0m  7"]);
  assert.deepEqual(textTable([COUNT, TITLE], [[{ text: "1" }, { text: "two words", style: "red" }]], 10, coloured), [
    "  1  \u001b[31mtwo words\u001b[0m",
  ]);
});
