import assert from "node:assert/strict";
import { test } from "node:test";
import { isLogName, logStem } from "../../client/report/log-stem.ts";

test("rotated and compressed parts are named after their log", () => {
  const names = [
    "mail.log",
    "mail.log.1",
    "mail.log.12.gz",
    "mail.log-20261122.zst",
    "mail.log-20261122",
    "mail.log.gz",
  ];
  assert.deepEqual([...new Set(names.map(logStem))], ["mail.log"]);
  assert.equal(logStem("maillog-20261122"), "maillog");
  assert.equal(logStem("mail.err.1"), "mail.err");
  for (const name of ["notes.txt", "mail.log.old", ".1", "x-", "12.34.56"]) assert.notEqual(logStem(name), "mail.log");
});

test("what is a mail log by its name", () => {
  for (const name of ["mail.log", "MAIL.LOG.2.gz", "maillog-20261122", "dovecot.log.1"])
    assert.ok(isLogName(name), name);
  for (const name of ["syslog", "mail.log.old", "main.cf"]) assert.ok(!isLogName(name), name);
});
