import assert from "node:assert/strict";
import { test } from "node:test";
import { cutTail } from "@postmaster/core/text/text-parts.ts";

test("a long text is cut where a line begins, so that its head can be read by itself", () => {
  for (const line of ["a\n", `${"b".repeat(99)}\n`, `${"c".repeat(5000)}\r\n`]) {
    const text = line.repeat(Math.ceil(20_000 / line.length));
    const { head, tail } = cutTail(text);
    assert.equal(head + tail, text);
    assert.ok(head.endsWith("\n"), JSON.stringify(head.slice(-5)));
    assert.ok(tail.length >= 4096 && tail.length < 4096 + line.length + 1, String(tail.length));
  }
});

test("a short text, and one without a line to cut at, is all tail", () => {
  for (const text of ["", "a\nb", "x".repeat(9000)]) assert.deepEqual(cutTail(text), { head: "", tail: text });
});
