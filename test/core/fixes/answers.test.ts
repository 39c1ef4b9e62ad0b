import assert from "node:assert/strict";
import { test } from "node:test";
import { type Expected, isExpected } from "@postmaster/core/fixes/answers.ts";

const CASES: readonly (readonly [Expected, right: readonly string[], wrong: readonly string[]])[] = [
  [
    "email-address",
    ["a@b", "anna+x@example.com", `${"a".repeat(242)}@example.com`],
    ["@example.com", "anna", "-a@example.com", "a b@example.com", "a@-b.example", `${"a".repeat(243)}@example.com`],
  ],
  [
    "ip-address",
    ["192.0.2.1", "2001:db8::1", "::1"],
    ["192.0.2", "192.0.2.256", "1::2::3", "2001:db8:1", "1:::2", ":1::2", "1:2:3:4:5:6:7:"],
  ],
  ["hostname", ["mail.example.com"], ["mail", "mail..com", "-a.example", `${"a".repeat(64)}.example`]],
  ["positive-integer", ["1", "2147483647"], ["0", "-1", "2147483648", "1e3", ""]],
];

for (const [expected, right, wrong] of CASES) {
  test(`what is a value that may stand in an edit, and what is none: ${expected}`, () => {
    for (const text of right) assert.equal(isExpected(text, expected), true, text);
    for (const text of wrong) assert.equal(isExpected(text, expected), false, text);
  });
}
