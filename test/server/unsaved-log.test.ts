import assert from "node:assert/strict";
import { test } from "node:test";
import { createLogEngine } from "@postmaster/core/log/log-engine.ts";
import { createDocuments } from "@postmaster/server/lsp/documents.ts";
import { unsavedLog } from "@postmaster/server/lsp/handlers/unsaved-log.ts";

const URI = "untitled:Untitled-1";

async function read(text: string): Promise<{ readonly read: string; readonly pieces: number; readonly head: string }> {
  const documents = createDocuments(() => createLogEngine([]));
  documents.open({ uri: URI, languageId: "postfix-log", version: 1, text });
  const found = unsavedLog(documents, URI);
  assert.ok(found !== null);
  documents.change(URI, 2, [{ range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } }, text: "" }]);
  const pieces: Uint8Array[] = [];
  for await (const piece of found.input.chunks) pieces.push(piece);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const head = new TextDecoder().decode(found.input.head);
  return { read: decoder.decode(Buffer.concat(pieces)), pieces: pieces.length, head };
}

test("a log that was never saved is read in pieces, as it was when it was asked for", async () => {
  for (const text of ["", "one line", "a\n\nb\n", "ä😀 line\n".repeat(100_000), `${"x".repeat(600_000)}\nend`]) {
    const { read: whole, pieces, head } = await read(text);
    assert.equal(whole, text);
    assert.ok(pieces > text.length / 1_000_000);
    assert.ok(head.slice(0, 1000) === text.slice(0, 1000) && head.length <= 65_536);
  }
});

test("what is not open, or no log, is none", () => {
  const documents = createDocuments(() => createLogEngine([]));
  assert.equal(unsavedLog(documents, URI), null);
  documents.open({ uri: URI, languageId: "postfix-main-cf", version: 1, text: "a = b\n" });
  assert.equal(unsavedLog(documents, URI), null);
});
