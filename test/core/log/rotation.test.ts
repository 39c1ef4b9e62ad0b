import assert from "node:assert/strict";
import { test } from "node:test";
import { olderNeighbours, withoutRotation } from "@postmaster/core/log/rotation.ts";

test("the log that a file was rotated away from", () => {
  const names = ["mail.log", "mail.log.1", "mail.log.2.gz", "maillog-20261122", "maillog-20261115.zst", "mail.log.old"];
  assert.deepEqual(names.map(withoutRotation), [
    "mail.log",
    "mail.log",
    "mail.log",
    "maillog",
    "maillog",
    "mail.log.old",
  ]);
});

test("the file that was written just before, by number or by date", () => {
  const numbered = ["mail.err.1", "mail.log", "mail.log.1", "mail.log.10.gz", "mail.log.2.gz", "mail.log.1.swp"];
  assert.deepEqual(olderNeighbours("mail.log", numbered), ["mail.log.1"]);
  assert.deepEqual(olderNeighbours("mail.log.1", numbered), ["mail.log.2.gz"]);
  assert.deepEqual(olderNeighbours("mail.log.2.gz", numbered), ["mail.log.10.gz"]);
  assert.deepEqual(olderNeighbours("mail.log.10.gz", numbered), []);

  const dated = ["maillog", "maillog-20261115.gz", "maillog-20261122", "maillog-20251122"];
  assert.deepEqual(olderNeighbours("maillog", dated), ["maillog-20261122"]);
  assert.deepEqual(olderNeighbours("maillog-20261122", dated), ["maillog-20261115.gz"]);
  assert.deepEqual(olderNeighbours("maillog-20251122", dated), []);
});

test("where a folder has both ways of naming, both are named; of a file that lies there twice the plain one", () => {
  const names = ["mail.log", "mail.log.1", "mail.log.1.gz", "mail.log-20261122"];
  assert.deepEqual(olderNeighbours("mail.log", names), ["mail.log.1", "mail.log-20261122"]);
  assert.deepEqual(olderNeighbours("mail.log.1", names), []);
});
