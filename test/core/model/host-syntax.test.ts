import assert from "node:assert/strict";
import { test } from "node:test";
import { isHostname } from "@postmaster/core/model/admission/host-syntax.ts";

test("what smtpd takes for the name of a host: RFC 1123, and the underscore", () => {
  const longest = `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(63)}`;
  for (const name of ["mail", "mail.example.com", "my_host.example", "4.example", "a-b.example", longest]) {
    assert.equal(isHostname(name), true, name);
  }
  const wrong = [
    "",
    "192.0.2.1",
    "17",
    "-a.example",
    "a-.example",
    "a..example",
    "a b",
    "ä.example",
    "a.example.",
    "a!",
  ];
  for (const name of [...wrong, `${"a".repeat(64)}.example`, `${longest}d`])
    assert.equal(isHostname(name), false, name);
});
