import assert from "node:assert/strict";
import { test } from "node:test";
import { looksLikeMailLog } from "@postmaster/client/language/looks-like-mail-log.ts";

const MAIL_LINES = [
  "Nov 22 10:00:00 mx1 postfix/smtpd[12719]: connect from mail.example.com[192.0.2.1]",
  "2026-11-22T10:00:00.123456+01:00 mx1 postfix-out/smtp[12]: 4F1A2B3C4D: to=<u@example.net>, status=sent (ok)",
  "<22>1 2026-11-22T10:00:00Z mx1 postfix/smtpd 12719 - - disconnect from unknown[192.0.2.1]",
  "mail-1  | 2026-11-22T10:00:00.1+00:00 INFO    postfix/master[1]: daemon started",
  '{"SYSLOG_IDENTIFIER":"postfix/smtpd","MESSAGE":"x"}',
  "NOQUEUE: reject: RCPT from unknown[192.0.2.9]: 554 5.7.1 no",
  "connect from unknown[2001:db8::1]",
  "warning: 4F1A2B3C4D: message-id=<x@y>",
  "Nov 22 10:00:00 mx1 dovecot: imap-login: Disconnected",
  "Nov 22 10:00:00 mx1 amavis[1234]: (12345-01) Passed CLEAN",
  "Nov 22 10:00:00 mx1 rspamd[1234]: <a1b2c3>; cfg; place: x",
  "2026-11-22 10:00:00 #1234(normal) <a1b2c3>; cfg; place: x",
  "2026-11-22 10:00:00 [error] #1234(rspamd_proxy) lua; neural.lua:780: x",
];

for (const line of MAIL_LINES) {
  test(`a mail log may consist of: ${line}`, () => assert.equal(looksLikeMailLog([line]), true));
}

const OTHER_LINES = [
  "",
  "Nov 22 10:00:00 mx1 kernel: usb 1-1: new device",
  '127.0.0.1 - - [22/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 1',
  "See /etc/postfix/main.cf for postfix/smtpd settings.",
  "ABCDEF: a heading",
  "connect from here",
];

for (const line of OTHER_LINES) {
  test(`no mail log consists of: ${line}`, () => assert.equal(looksLikeMailLog([line]), false));
}

test("prose that quotes a line is no log, a log with a few foreign lines is one", () => {
  const quoted = MAIL_LINES[0] ?? "";
  const prose = "What does this line mean?";
  assert.equal(looksLikeMailLog([prose, prose, "", quoted]), false);
  assert.equal(looksLikeMailLog([prose, quoted, quoted, "", ""]), true);
});

test("only the first fifty lines count", () => {
  const kernel = Array.from({ length: 50 }, () => OTHER_LINES[1] ?? "");
  const mail = Array.from({ length: 500 }, () => MAIL_LINES[0] ?? "");
  assert.equal(looksLikeMailLog([...kernel, ...mail]), false);
});

test("a line of a megabyte costs no more than its beginning", () => {
  assert.equal(looksLikeMailLog(["postfix/".repeat(125_000), `${MAIL_LINES[0]} ${"x".repeat(1_000_000)}`]), true);
});
