import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { causeMarkdown, causeSentence } from "@postmaster/core/features/cause/cause-words.ts";
import { logDiagnostics } from "@postmaster/core/features/log-diagnostics.ts";
import { type OpenLog, openLog } from "@postmaster/core/features/open-log.ts";
import { defaultSettings } from "@postmaster/core/features/settings.ts";
import { createLogDocument } from "@postmaster/core/log/log-document.ts";

const engine = createCatalogueEngine();
const TABLE = "lmdb:/etc/postfix/virtual";
const UNAVAILABLE = `warning: ${TABLE} is unavailable. open database /etc/postfix/virtual.lmdb: No such file or directory`;
const LOOKUP = `warning: ${TABLE} lookup error for "u@example.com"`;
const REJECT =
  "NOQUEUE: reject: RCPT from a.example[192.0.2.1]: 451 4.3.0 <u@example.com>: Temporary lookup failure; from=<s@a.example> to=<u@example.com> proto=ESMTP helo=<a.example>";

/** `10:00:01 smtpd[7]: …` becomes a line of syslog. */
const log = (...lines: readonly string[]): OpenLog =>
  openLog(
    createLogDocument(
      engine,
      lines
        .map((line) => (/^\d/.test(line) ? `Nov 22 ${line.slice(0, 8)} mx1 postfix/${line.slice(9)}` : line))
        .join("\n"),
    ),
  );
const causesOf = (open: OpenLog, line: number): readonly string[] =>
  open.causes.of(line).map((cause) => `${cause.line} ${cause.evidence}`);

suite("evidence", () => {
  test("the same process, step by step to the root", () => {
    const open = log(
      `10:00:01 smtpd[7]: ${UNAVAILABLE}`,
      `10:00:01 smtpd[7]: ${LOOKUP}`,
      `10:00:02 smtpd[7]: ${REJECT}`,
    );
    assert.deepEqual(causesOf(open, 2), ["1 process", "0 process"]);
    assert.deepEqual(causesOf(open, 0), [], "a root has no cause");
  });

  test("closeness in time is none: another process, another host, another program with the same number", () => {
    assert.deepEqual(causesOf(log(`10:00:01 smtpd[8]: ${LOOKUP}`, `10:00:01 smtpd[7]: ${REJECT}`), 1), []);
    assert.deepEqual(causesOf(log(`10:00:01 smtp[7]: ${LOOKUP}`, `10:00:01 smtpd[7]: ${REJECT}`), 1), []);
    const elsewhere = `Nov 22 10:00:01 mx2 postfix/smtpd[7]: ${LOOKUP}`;
    assert.deepEqual(causesOf(log(elsewhere, `10:00:01 smtpd[7]: ${REJECT}`), 1), []);
  });

  test("the time is bounded, across midnight and the turn of the year too", () => {
    assert.deepEqual(causesOf(log(`09:58:00 smtpd[7]: ${LOOKUP}`, `10:00:01 smtpd[7]: ${REJECT}`), 1), []);
    const [old, young] = [
      `Dec 31 23:59:59 mx1 postfix/smtpd[7]: ${LOOKUP}`,
      `Jan  1 00:00:01 mx1 postfix/smtpd[7]: ${REJECT}`,
    ];
    assert.deepEqual(causesOf(log(old, young), 1), ["0 process"]);
  });

  test("a service without a time proves nothing; a process does", () => {
    const bare = (line: string): string => `postfix/${line}`;
    const lookup = "warning: virtual_mailbox_domains lookup failure";
    assert.deepEqual(causesOf(log(bare(`trivial-rewrite[5]: ${lookup}`), bare(`smtpd[7]: ${REJECT}`)), 1), []);
    assert.deepEqual(causesOf(log(bare(`smtpd[7]: ${LOOKUP}`), bare(`smtpd[7]: ${REJECT}`)), 1), ["0 process"]);
  });

  test("master's words lead to the process they name, not to one of the same program", () => {
    const open = log(
      "10:00:01 smtpd[70]: fatal: no SASL authentication mechanisms",
      "10:00:01 smtpd[71]: fatal: parameter ipc_timeout: bad time value or unit: abc",
      "10:00:02 master[1]: warning: process /usr/lib/postfix/sbin/smtpd pid 70 exit status 1",
      "10:00:02 master[1]: warning: /usr/lib/postfix/sbin/smtpd: bad command startup -- throttling",
    );
    assert.deepEqual(causesOf(open, 3), ["2 process", "0 named process"]);
  });

  test("master throttles the program that ended, not the one that ended last", () => {
    const open = log(
      "10:00:02 master[1]: warning: process /usr/lib/postfix/sbin/smtpd pid 70 exit status 1",
      "10:00:02 master[1]: warning: process /usr/lib/postfix/sbin/smtp pid 71 exit status 1",
      "10:00:02 master[1]: warning: /usr/lib/postfix/sbin/smtpd: bad command startup -- throttling",
    );
    assert.deepEqual(causesOf(open, 2), ["0 process"]);
  });

  test("better evidence further up wins over weaker evidence nearby", () => {
    const open = log(
      `10:00:01 smtpd[7]: ${LOOKUP}`,
      "10:00:01 trivial-rewrite[5]: warning: virtual_mailbox_domains lookup failure",
      `10:00:02 smtpd[7]: ${REJECT}`,
    );
    assert.deepEqual(causesOf(open, 2), ["0 process"]);
  });

  // Releases before 3.7 say it; 3.7.11 defers such mail without a word, see test/postfix/causes.
  test("unknown mail transport error: through the queue manager to the agent that died", () => {
    const lines = [
      "10:00:01 pipe[9]: fatal: get_service_attr: unknown username: vmail",
      "10:00:02 qmgr[3]: warning: private/dovecot socket: malformed response",
      "10:00:02 qmgr[3]: warning: transport dovecot failure -- see a previous warning/fatal/panic logfile record for the problem description",
      "10:00:02 error[4]: 1A2B3C4D5E: to=<u@example.com>, relay=none, delay=1, delays=1/0/0/0, dsn=4.3.0, status=deferred (unknown mail transport error)",
    ];
    const open = log(...lines);
    assert.deepEqual(causesOf(open, 3), ["2 service"], "without master.cf nobody knows what runs behind dovecot");
    open.causes.know(new Map([["dovecot", "pipe"]]));
    assert.deepEqual(causesOf(open, 3), ["2 service", "0 service"]);
  });
});

suite("a log that grows", () => {
  test("what is appended has its causes; what is put in above moves them", () => {
    const open = log(`10:00:01 smtpd[7]: ${LOOKUP}`, "");
    open.change(1, 0, 1, 0, `Nov 22 10:00:02 mx1 postfix/smtpd[7]: ${REJECT}\n`);
    assert.deepEqual(causesOf(open, 1), ["0 process"]);
    open.change(0, 0, 0, 0, "a line\n");
    assert.deepEqual(causesOf(open, 2), ["1 process"]);
    open.change(1, 0, 2, 0, "");
    assert.deepEqual(causesOf(open, 1), []);
  });

  test("a burst of 20,000 consequences without a cause costs little", () => {
    const burst = Array.from({ length: 20_000 }, (_, at) => `10:00:01 smtpd[${at + 10}]: ${REJECT}`);
    const open = log(...burst);
    let looked = 0;
    const began = process.cpuUsage();
    for (const { causes } of logDiagnostics(open, defaultSettings, (line) => open.causes.of(line)))
      looked += causes.length + 1;
    assert.equal(looked, defaultSettings.maxPerEntry);
    const { user } = process.cpuUsage(began);
    assert.ok(user < 1_500_000, `${user} µs`);
  });
});

test("the words: plain and short under the message, with a link in the hover, hostile text harmless", () => {
  const hostile = `warning: lmdb:/etc/postfix/a\`b[x](http://evil.example) is unavailable. open database: \u202enope`;
  const open = log(`10:00:01 smtpd[7]: ${hostile}`, `10:00:01 smtpd[7]: ${REJECT}`);
  const causes = open.causes.of(1);
  assert.equal(causeSentence(causes), "Because of line 1: A lookup table cannot be used at all.");
  const markdown =
    causeMarkdown(causes, ({ line }) => ({ line, file: null, address: `file:///mail.log#L${line + 1}` })) ?? "";
  assert.ok(
    markdown.startsWith(
      "**Because of [line 1](file:///mail.log#L1):** A lookup table cannot be used at all: ``warning: lmdb",
    ),
    markdown,
  );
  assert.ok(!markdown.includes("\u202e"));
  const [, problem] = logDiagnostics(open, defaultSettings, (line) => open.causes.of(line));
  assert.ok(problem?.message.endsWith("\nBecause of line 1: A lookup table cannot be used at all."), problem?.message);
  assert.deepEqual(
    problem?.causes.map(({ line }) => line),
    [0],
  );
});
