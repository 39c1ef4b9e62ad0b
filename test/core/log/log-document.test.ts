import assert from "node:assert/strict";
import { test } from "node:test";
import { createLogDocument, type LogDocument } from "@postmaster/core/log/log-document.ts";
import { createLogEngine, type LogEngine } from "@postmaster/core/log/log-engine.ts";
import { pseudoRandom } from "./pseudo-random.ts";

const engine = createLogEngine([
  { id: "bad", text: "bad {x}", layer: "entry" },
  { id: "worse", text: "worse {x}", layer: "entry" },
]);

/** An engine that counts the lines it was made to read. */
function counting(): LogEngine & { readonly reads: () => number } {
  let reads = 0;
  return {
    ...engine,
    entryOf(line) {
      reads += 1;
      return engine.entryOf(line);
    },
    reads: () => reads,
  };
}

const linesOf = (document: LogDocument): readonly string[] =>
  Array.from({ length: document.lineCount }, (_, line) => document.lineText(line));
const problemsOf = (document: LogDocument): readonly string[] =>
  document.problems().map(({ line, entryId }) => `${line} ${entryId}`);

test("lines end at LF, CRLF and a lone CR", () => {
  assert.deepEqual(linesOf(createLogDocument(engine, "a\nb\r\nc\rd\r\r\n\ne")), ["a", "b", "c", "d", "", "", "e"]);
  assert.deepEqual(linesOf(createLogDocument(engine, "")), [""]);
  assert.deepEqual(linesOf(createLogDocument(engine, "a\n")), ["a", ""]);
});

test("problem lines are known by their entry", () => {
  const document = createLogDocument(engine, "fine\nbad 1\nfine\nworse 2");
  assert.deepEqual(problemsOf(document), ["1 bad", "3 worse"]);
  assert.equal(document.line(3).entry?.fields["x"]?.value, "2");
});

test("appending a line costs that line, not the file", () => {
  const counter = counting();
  const document = createLogDocument(counter, "bad 1\n".repeat(50_000));
  const before = counter.reads();
  document.change(50_000, 0, 50_000, 0, "worse 1\n");
  document.change(50_001, 0, 50_001, 0, "wor");
  document.change(50_001, 3, 50_001, 3, "se 2");
  assert.equal(counter.reads() - before, 4);
  assert.deepEqual(problemsOf(document).slice(-2), ["50000 worse", "50001 worse"]);
});

test("an edit above moves the problems below", () => {
  const document = createLogDocument(engine, "a\nbad 1\nb\nbad 2\nc");
  document.change(0, 1, 0, 1, "\nnew\nworse 0");
  assert.deepEqual(problemsOf(document), ["2 worse", "3 bad", "5 bad"]);
  document.change(1, 0, 4, 1, "");
  assert.deepEqual(linesOf(document), ["a", "", "bad 2", "c"]);
  assert.deepEqual(problemsOf(document), ["2 bad"]);
});

test("positions outside the text are clamped", () => {
  const document = createLogDocument(engine, "a\nb");
  document.change(9, 9, 12, 1, "c");
  document.change(-1, -1, 0, 99, "x");
  assert.deepEqual(linesOf(document), ["x", "bc"]);
});

test("after any changes the document is as if built from the text", () => {
  const random = pseudoRandom(7);
  const pieces = ["a", "bad 1", "worse", " 2", "\n", "\r\n", "\n\n", "bad x\nworse y\n", ""];
  const pick = (): string => pieces[random(pieces.length)] ?? "";
  const document = createLogDocument(engine, "bad 0\nx\n");
  for (let round = 0; round < 3000; round += 1) {
    const from = random(document.lineCount);
    const to = Math.min(document.lineCount - 1, from + random(3));
    const start = random(document.lineText(from).length + 1);
    const end =
      from === to ? start + random(document.lineText(to).length - start + 1) : random(document.lineText(to).length + 1);
    const before = linesOf(document);
    const text = pick() + pick();
    const head = [...before.slice(0, from), (before[from] ?? "").slice(0, start)].join("\n");
    const tail = [(before[to] ?? "").slice(end), ...before.slice(to + 1)].join("\n");
    const expected = createLogDocument(engine, head + text + tail);
    document.change(from, start, to, end, text);
    assert.deepEqual(linesOf(document), linesOf(expected));
    assert.deepEqual(document.problems(), expected.problems());
    if (document.lineCount > 60) document.change(10, 0, document.lineCount, 0, "");
  }
});
