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

test("a long text is there at once and read in pieces, each line once", () => {
  const counter = counting();
  const document = createLogDocument(counter, "fine\nbad 1\n".repeat(20_000), 1000);
  assert.equal(document.lineCount, 40_001);
  assert.equal(document.lineText(39_999), "bad 1");
  assert.deepEqual([document.isRead, counter.reads(), document.problems().length], [false, 0, 0]);
  let longest = 0;
  for (const steps = document.reading(); ; ) {
    const before = counter.reads();
    if (steps.next().done === true) break;
    longest = Math.max(longest, counter.reads() - before);
  }
  assert.deepEqual([document.isRead, counter.reads(), document.problems().length], [true, 40_001, 20_000]);
  assert.ok(longest < 1000, `${longest} lines were read without a pause`);
  assert.deepEqual([...document.counts()], [["bad", 20_000]]);
});

test("of a line that no program logs only the beginning is read", () => {
  const document = createLogDocument(engine, `bad ${"x".repeat(10_000_000)}\nbad 2`);
  assert.deepEqual(problemsOf(document), ["0 bad", "1 bad"]);
  assert.ok((document.line(0).message.value.length ?? 0) < 1_000_000);
  assert.equal(document.lineText(0).length, 10_000_004);
});

test("whatever changes while it is read, in the end it is as if built from the text", () => {
  const pick = pseudoRandom(3);
  const some = (count: number): string =>
    Array.from({ length: count }, () => ["fine", "bad 1", "worse 2"][pick(3)] ?? "").join("\n");
  const document = createLogDocument(engine, some(3000), 500);
  const touched: number[] = [];
  document.watch((first) => touched.push(first));
  let reading = document.reading();
  for (let round = 0; round < 600; round += 1) {
    const start = pick(document.lineCount);
    const end = Math.min(document.lineCount - 1, start + pick(3) * pick(200));
    const { first } = document.change(start, 0, end, pick(9), some(pick(3) * pick(150)));
    assert.ok(first >= start && touched.at(-1) === first);
    if (pick(3) === 0) reading = document.reading();
    const known = document.problems().length;
    const told = touched.length;
    if (reading.next().done === true) reading = document.reading();
    if (document.problems().length > known) assert.ok(touched.length > told, "what is found is told");
    if (!document.isRead) continue;
    const fresh = createLogDocument(engine, linesOf(document).join("\n"));
    assert.deepEqual(document.problems(), fresh.problems(), `round ${round}`);
    assert.deepEqual(new Map(document.counts()), new Map(fresh.counts()), `round ${round}`);
  }
  reading = document.reading();
  while (reading.next().done !== true);
  assert.deepEqual(document.problems(), createLogDocument(engine, linesOf(document).join("\n")).problems());
});

test("of a whole text that is sent again only the lines are read that are others", () => {
  const counter = counting();
  const text = "bad 1\nfine\n".repeat(2000);
  const document = createLogDocument(counter, text);
  const before = counter.reads();
  assert.deepEqual(document.change(0, 0, 1_000_000, 0, `${text}worse 1\nfine`), { first: 4000, last: 4000 });
  assert.equal(counter.reads() - before, 2);
  assert.deepEqual(problemsOf(document).slice(-2), ["3998 bad", "4000 worse"]);

  const second = text.replace("fine", "worse 2");
  assert.deepEqual(document.change(0, 0, 1_000_000, 0, second), { first: 1, last: 4001 });
  assert.deepEqual(document.problems(), createLogDocument(engine, second).problems());
  document.change(0, 0, 1_000_000, 0, "");
  assert.deepEqual([document.lineCount, document.problems().length], [1, 0]);
});
