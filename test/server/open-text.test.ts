import assert from "node:assert/strict";
import { test } from "node:test";
import { joinPieces, piecesOf } from "@postmaster/core/text/text-parts.ts";
import { type OpenText, openText } from "@postmaster/server/lsp/open-text.ts";
import { indexLspLines } from "@postmaster/server/lsp/positions.ts";
import type { Position, TextDocumentContentChangeEvent } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { random } from "../core/syntax/random.ts";

const PIECES = [
  "a",
  "example.com  OK",
  "\n",
  "\r\n",
  "\r",
  "\n\n",
  "é",
  "🙂",
  "\ud83d",
  "# remark\n",
  " \t",
  "\0",
  "line\nline\r\n",
];

/** Long enough to have a head. */
const LONG = "host.example.com  REJECT\r\nother.example.com  OK\n".repeat(200);

function changedBy(text: OpenText, changes: readonly TextDocumentContentChangeEvent[]): OpenText {
  return changes.reduce<OpenText>((now, change) => now.changed(change), text);
}

/** By the library. It is given a new document for each change: behind a range that lies beyond the last line it counts lines that are not there. */
function changedByLibrary(text: string, changes: readonly TextDocumentContentChangeEvent[]): string {
  const create = (now: string): TextDocument => TextDocument.create("file:///x", "postfix-table", 1, now);
  return changes.reduce((now, change) => TextDocument.update(create(now), [change], 2).getText(), text);
}

function assertSame(ours: OpenText, theirs: string, what: string): void {
  assert.equal(ours.text, theirs, what);
  assert.equal(joinPieces(piecesOf(ours.parts)), ours.text, what);
  for (const { source, from, length } of piecesOf(ours.parts).slice(0, -1)) {
    assert.ok(source.slice(from, from + length).endsWith("\n"), what);
  }
  const lines = indexLspLines(theirs);
  for (const offset of [0, theirs.length >> 1, theirs.length - 1, theirs.length, theirs.length + 1]) {
    assert.deepEqual(ours.parts.lines.positionAt(offset), lines.positionAt(offset), what);
  }
  assert.ok(ours.parts.head === "" || ours.parts.head.endsWith("\n"), what);
  assert.equal(ours.lineCount, TextDocument.create("file:///x", "postfix-table", 1, theirs).lineCount, what);
}

test("a text is what the protocol's own documents make of the same changes", () => {
  const from = random(7);
  for (let run = 0; run < 150; run += 1) {
    const text = run % 3 === 0 ? "" : LONG + (PIECES[from.below(PIECES.length)] ?? "");
    let ours = openText(text);
    let theirs = text;
    for (let step = 0; step < 12; step += 1) {
      const changes = Array.from({ length: 1 + from.below(3) }, () => {
        const newText = Array.from({ length: from.below(4) }, () => PIECES[from.below(PIECES.length)] ?? "").join("");
        // All of it, at the end as one types, or anywhere, also where nothing is.
        if (from.below(20) === 0) return { text: newText + LONG };
        const near = (): Position => ({
          line: from.below(3) > 0 ? ours.lineCount - from.below(4) : from.below(ours.lineCount + 2) - 1,
          character: from.below(30) - 1,
        });
        return { range: { start: near(), end: near() }, text: newText };
      });
      ours = changedBy(ours, changes);
      theirs = changedByLibrary(theirs, changes);
      assertSame(ours, theirs, JSON.stringify({ run, step, changes }));
    }
  }
});

test("lines are read without their breaks, and there are none beyond the last", () => {
  const text = openText(`${LONG}one\rtwo\r\nthree\n`);
  assert.deepEqual(
    [0, 1, 399, 400, 401, 402, 403, 404, -1].map((line) => text.lineText(line)),
    ["host.example.com  REJECT", "other.example.com  OK", "other.example.com  OK", "one", "two", "three", "", "", ""],
  );
});

test("what is typed at the end leaves the head the same, and a long tail becomes part of it", () => {
  const before = openText(LONG);
  const { head } = before.parts;
  assert.ok(head.length > LONG.length / 2);
  const end = { line: before.lineCount, character: 0 };
  const typed = before.changed({ range: { start: end, end }, text: "more.example.com  OK\n" });
  assert.equal(typed.parts.head, head);
  assert.equal(typed.text, `${LONG}more.example.com  OK\n`);
  const pasted = typed.changed({ range: { start: end, end }, text: "x\n".repeat(100_000) });
  assert.ok(pasted.parts.head.startsWith(typed.text));
});

test("what is typed anywhere above leaves the head the same too, and lines are found in it all", () => {
  const before = openText(LONG);
  const { head } = before.parts;
  let text = before;
  for (const [line, typed] of [
    [10, "x"],
    [10, "y"],
    [200, "new.example.com  OK\n"],
    [11, "z"],
    [100, "\n\n"],
  ] as const) {
    const start = { line, character: 0 };
    text = text.changed({ range: { start, end: start }, text: typed });
  }
  assert.equal(text.parts.head, head);
  assert.deepEqual(
    text.parts.patches.map(({ text: patch }) => patch.split("\n").length - 1),
    [2, 3, 2],
  );
  assert.equal(text.lineText(10), "yxhost.example.com  REJECT");
  assert.equal(text.lineText(202), "new.example.com  OK");
  assert.equal(text.lineText(text.lineCount - 2), "other.example.com  OK");
});

test("many places make a text that is read anew", () => {
  let text = openText(LONG.repeat(4));
  const { head } = text.parts;
  for (let line = 0; line < 600; line += 10) {
    const start = { line, character: 0 };
    text = text.changed({ range: { start, end: start }, text: "x" });
    assert.ok(text.parts.patches.length <= 50);
  }
  assert.notEqual(text.parts.head, head);
});

test("a text that was changed is still there as it was", () => {
  const before = openText("a\nb\n");
  const start = { line: 1, character: 0 };
  const after = before.changed({ range: { start, end: { line: 1, character: 1 } }, text: "c" });
  assert.deepEqual([before.text, after.text], ["a\nb\n", "a\nc\n"]);
});
