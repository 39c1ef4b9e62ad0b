import assert from "node:assert/strict";
import { test } from "node:test";
import { readEnvelope } from "@postmaster/core/log/envelope.ts";
import { decodeUtf8, encodeUtf8 } from "@postmaster/core/log/utf8.ts";

/** The level and the message, as in `warning: x`. */
function read(rest: string): string {
  const bytes = encodeUtf8(`Nov 28 19:14:04 mail freshclam[4711]: ${rest}`);
  const { level, message } = readEnvelope(bytes, 0, bytes.length);
  return `${level}: ${decodeUtf8(bytes, message.start, message.end)}`;
}

const STAMP = "Sat Nov 28 19:14:04 2026 ->";

test("the time that ClamAV prints, before or behind its level, is no part of the message", () => {
  assert.equal(read(`${STAMP} Update process terminated`), "info: Update process terminated");
  assert.equal(read(`${STAMP} ERROR: Update failed.`), "error: Update failed.");
  assert.equal(read(`WARNING: ${STAMP} Can't query x`), "warning: Can't query x");
  assert.equal(read(`ERROR: ${STAMP}  Message: no`), "error: Message: no");
});

test("what only looks like it is message", () => {
  for (const text of [STAMP, `${STAMP}no`, "Sat Nov 28 -> x", "Sat Nov 28 19:14:04 2026 x"]) {
    assert.equal(read(text), `info: ${text}`);
  }
  assert.equal(read("WARNING: ERROR: x"), "warning: x");
});
