import assert from "node:assert/strict";
import { test } from "node:test";
import { addressAt } from "@postmaster/core/features/route/address-at.ts";

const LINES = [
  { text: "a@b.example   c+d@e.example, f@g.example", at: 3, address: "a@b.example" },
  { text: "a@b.example   c+d@e.example, f@g.example", at: 14, address: "c+d@e.example" },
  { text: "a@b.example   c+d@e.example, f@g.example", at: 27, address: "c+d@e.example" },
  { text: "to=<a@b.example>", at: 5, address: "a@b.example" },
  { text: "a@b.example.", at: 5, address: "a@b.example" },
  { text: "@b.example x", at: 3, address: null },
  { text: "no address here", at: 3, address: null },
  { text: "a@b@c", at: 2, address: null },
  { text: "a@", at: 1, address: null },
];

for (const { text, at, address } of LINES) {
  test(`in ${JSON.stringify(text)} at ${at}: ${address}`, () => {
    assert.equal(addressAt(text, at)?.address ?? null, address);
  });
}

test("a megabyte of one word costs no more than an address", () => {
  const text = "a".repeat(1_000_000);
  const started = performance.now();
  for (let times = 0; times < 1000; times += 1) addressAt(text, 500_000);
  assert.ok(performance.now() - started < 2000);
});
