import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readEnvelope } from "@postmaster/core/log/envelope.ts";
import type { EnvelopeForm, LogLevel, LogSystem } from "@postmaster/core/log/log-line.ts";
import { decodeUtf8, encodeUtf8 } from "@postmaster/core/log/utf8.ts";
import type { Span } from "@postmaster/core/text/span.ts";

interface Expected {
  readonly form: EnvelopeForm;
  /** `2026-11-22 10:00:00.000000 +60`; `-` for what the stamp does not say. */
  readonly time?: string;
  readonly host?: string;
  readonly program?: string;
  readonly daemon?: string;
  readonly system?: LogSystem;
  readonly pid?: number;
  readonly level?: LogLevel;
  readonly message: string;
  readonly repeated?: number;
}

const CONNECT = "connect from unknown[192.0.2.1]";
const SMTPD = { program: "postfix/smtpd", daemon: "smtpd", system: "postfix", pid: 123, message: CONNECT } as const;
const BSD = { form: "bsd", time: "- 11-22 10:00:00.000000 -", host: "mail" } as const;

const FORMS: Readonly<Record<string, readonly [line: string, expected: Expected]>> = {
  "BSD syslog": [`Nov 22 10:00:00 mail postfix/smtpd[123]: ${CONNECT}`, { ...BSD, ...SMTPD }],
  "BSD, one digit of day padded with a blank": [
    `Nov  2 10:00:00 mail postfix/smtpd[123]: ${CONNECT}`,
    { ...BSD, ...SMTPD, time: "- 11-02 10:00:00.000000 -" },
  ],
  "BSD, one digit of day": [
    `Nov 2 9:00:00 mail postfix/smtpd[123]: ${CONNECT}`,
    { ...BSD, ...SMTPD, time: "- 11-02 09:00:00.000000 -" },
  ],
  "BSD, year after the day": [
    `Nov 22 2026 10:00:00 mail postfix/smtpd[123]: ${CONNECT}`,
    { ...BSD, ...SMTPD, time: "2026 11-22 10:00:00.000000 -" },
  ],
  "BSD, year in front": [
    `2026 Nov 22 10:00:00 mail postfix/smtpd[123]: ${CONNECT}`,
    { ...BSD, ...SMTPD, time: "2026 11-22 10:00:00.000000 -" },
  ],
  "BSD, year behind": [
    `Nov 22 10:00:00 2026 mail postfix/smtpd[123]: ${CONNECT}`,
    { ...BSD, ...SMTPD, time: "2026 11-22 10:00:00.000000 -" },
  ],
  "BSD with a facility column": [
    `Nov 22 10:00:00 mail mail.warn postfix/smtpd[123]: ${CONNECT}`,
    { ...BSD, ...SMTPD, level: "warning" },
  ],
  "BSD with a priority": [
    `<20>Nov 22 10:00:00 mail postfix/smtpd[123]: ${CONNECT}`,
    { ...BSD, ...SMTPD, level: "warning" },
  ],
  "BSD, an IPv6 address as host": [
    `Nov 22 10:00:00 2001:db8::1 postfix/smtpd[123]: ${CONNECT}`,
    { ...BSD, ...SMTPD, host: "2001:db8::1" },
  ],
  "BSD without a host": [
    `Nov 22 10:00:00 postfix/smtpd[123]: ${CONNECT}`,
    { form: "bsd", time: "- 11-22 10:00:00.000000 -", ...SMTPD },
  ],
  "a host named as the mailer": [
    `Nov 22 10:00:00 postfix postfix/smtpd[123]: ${CONNECT}`,
    { ...BSD, ...SMTPD, host: "postfix" },
  ],
  "Windows line break and blanks at the end": [
    `Nov 22 10:00:00 mail postfix/smtpd[123]: ${CONNECT}  \r\n`,
    { ...BSD, ...SMTPD },
  ],
  "byte order mark": [`\uFEFFNov 22 10:00:00 mail postfix/smtpd[123]: ${CONNECT}`, { ...BSD, ...SMTPD }],

  "RFC 3339 (Debian 12)": [
    `2026-11-22T10:00:00.123456+01:00 mail postfix/smtpd[123]: ${CONNECT}`,
    { ...SMTPD, form: "rfc3339", time: "2026 11-22 10:00:00.123456 60", host: "mail" },
  ],
  "RFC 3339 in UTC": [
    `2026-11-22T10:00:00Z mail postfix/smtpd[123]: ${CONNECT}`,
    { ...SMTPD, form: "rfc3339", time: "2026 11-22 10:00:00.000000 0", host: "mail" },
  ],
  "ISO with a blank and no zone": [
    `2026-11-22 10:00:00,123 mail postfix/smtpd[123]: ${CONNECT}`,
    { ...SMTPD, form: "rfc3339", time: "2026 11-22 10:00:00.123000 -", host: "mail" },
  ],
  "RFC 5424": [
    `<22>1 2026-11-22T10:00:00.5-03:30 mail postfix/smtpd 123 - - ${CONNECT}`,
    { ...SMTPD, form: "rfc5424", time: "2026 11-22 10:00:00.500000 -210", host: "mail" },
  ],
  "RFC 5424 without its priority": [
    `1 2026-11-22T10:00:00Z mail postfix/smtpd 123 ID47 - ${CONNECT}`,
    { ...SMTPD, form: "rfc5424", time: "2026 11-22 10:00:00.000000 0", host: "mail" },
  ],
  "RFC 5424 with structured data": [
    `<19>1 2026-11-22T10:00:00Z mail postfix/smtpd 123 - [a@1 b="c \\] \\" d"][e f="g"] \uFEFF${CONNECT}`,
    { ...SMTPD, form: "rfc5424", time: "2026 11-22 10:00:00.000000 0", host: "mail", level: "error" },
  ],
  "RFC 5424 with nothing known": [`<22>1 - - - - - - ${CONNECT}`, { form: "rfc5424", message: CONNECT }],

  "journalctl short-precise": [
    `Nov 22 10:00:00.654321 mail postfix/smtpd[123]: ${CONNECT}`,
    { ...SMTPD, form: "journal-short", time: "- 11-22 10:00:00.654321 -", host: "mail" },
  ],
  "journalctl short-unix": [
    `1795341600.000001 mail postfix/smtpd[123]: ${CONNECT}`,
    { ...SMTPD, form: "journal-short", time: "2026 11-22 10:00:00.000001 0", host: "mail" },
  ],
  "journalctl short-monotonic": [
    `[   12.345678] mail postfix/smtpd[123]: ${CONNECT}`,
    { ...SMTPD, form: "journal-short", host: "mail" },
  ],
  "journalctl short-iso": [
    `2026-11-22T10:00:00+0100 mail postfix/smtpd[123]: ${CONNECT}`,
    { ...SMTPD, form: "journal-iso", time: "2026 11-22 10:00:00.000000 60", host: "mail" },
  ],
  "journalctl short-full": [
    `Sun 2026-11-22 10:00:00 UTC mail postfix/smtpd[123]: ${CONNECT}`,
    { ...SMTPD, form: "journal-full", time: "2026 11-22 10:00:00.000000 0", host: "mail" },
  ],
  "journalctl with-unit": [
    `Sun 2026-11-22 10:00:00 CET mail postfix@-.service[123]: ${CONNECT}`,
    {
      form: "journal-full",
      time: "2026 11-22 10:00:00.000000 -",
      host: "mail",
      program: "postfix@-.service",
      daemon: "postfix@-.service",
      system: "postfix",
      pid: 123,
      message: CONNECT,
    },
  ],
  "journalctl cat": [CONNECT, { form: "none", message: CONNECT }],
  "journalctl json": [
    `{"__REALTIME_TIMESTAMP":"1795341600000007","_HOSTNAME":"mail","PRIORITY":"6","SYSLOG_IDENTIFIER":"postfix/smtpd","SYSLOG_PID":"123","_PID":"99","MESSAGE":"${CONNECT}"}`,
    { ...SMTPD, form: "journal-json", time: "2026 11-22 10:00:00.000007 0", host: "mail" },
  ],
  "journalctl json, escaped": [
    '{"SYSLOG_IDENTIFIER":"postfix/smtpd", "PRIORITY":"4", "MESSAGE":"warning: \\"x\\" \\u00e4\\ud83d\\ude00\\n", "_PID":"123"}',
    { ...SMTPD, form: "journal-json", level: "warning", message: '"x" ä😀' },
  ],
  "journalctl json, bytes": [
    '{"MESSAGE":[102, 97,116,97,108,58,32,110,111],"SYSLOG_IDENTIFIER":"postfix/smtpd","_PID":123,"x":{"y":["}"]}}',
    { ...SMTPD, form: "journal-json", level: "fatal", message: "no" },
  ],
  "journalctl json, broken off": [
    '{"_HOSTNAME":"mail","MESSAGE":"connect fr',
    { form: "journal-json", host: "mail", message: "connect fr" },
  ],
  "not journalctl's json": ['{"a":1}', { form: "none", message: '{"a":1}' }],

  "docker compose": [
    `mailserver-1  | Nov 22 10:00:00 mail postfix/smtpd[123]: ${CONNECT}`,
    { ...BSD, ...SMTPD, form: "docker" },
  ],
  "docker compose, coloured": [
    `\u001B[36mmailserver-1  |\u001B[0m Nov 22 10:00:00 mail postfix/smtpd[123]: ${CONNECT}`,
    { ...BSD, ...SMTPD, form: "docker" },
  ],
  "docker compose, no stamp": [`postfix-1 | postfix/smtpd[123]: ${CONNECT}`, { ...SMTPD, form: "docker" }],
  "a container's json": [
    `postfix-1 | {"MESSAGE":"${CONNECT}","SYSLOG_IDENTIFIER":"postfix/smtpd","_PID":"123"}`,
    { ...SMTPD, form: "docker" },
  ],
  "docker logs --timestamps": [
    `2026-11-22T10:00:00.123456789Z Nov 22 11:00:00 mail postfix/smtpd[123]: ${CONNECT}`,
    { ...SMTPD, form: "docker", time: "2026 11-22 10:00:00.123456 0", host: "mail" },
  ],
  "a level column": [
    `2026-11-22T10:00:00Z mail WARNING postfix/smtpd[123]: ${CONNECT}`,
    { ...SMTPD, form: "docker", time: "2026 11-22 10:00:00.000000 0", host: "mail", level: "warning" },
  ],
  "a level column, no host": [
    `2026-11-22T10:00:00+00:00 INFO    postfix/smtpd[123]: ${CONNECT}`,
    { ...SMTPD, form: "docker", time: "2026 11-22 10:00:00.000000 0" },
  ],
  "a container runtime's file": [
    `2026-11-22T10:00:00.1Z stdout F Nov 22 11:00:00 mail postfix/smtpd[123]: ${CONNECT}`,
    { ...SMTPD, form: "docker", time: "2026 11-22 10:00:00.100000 0", host: "mail" },
  ],
  kubectl: [`[pod/postfix-0/postfix] ${CONNECT}`, { form: "docker", message: CONNECT }],
  "docker's log driver": [`Nov 22 10:00:00 mail 3f2a1b9c[991]: postfix/smtpd[123]: ${CONNECT}`, { ...BSD, ...SMTPD }],

  "tag only": [`postfix/smtpd[123]: ${CONNECT}`, { ...SMTPD, form: "none" }],
  "a bare message that starts like a tag": [
    "NOQUEUE: reject: RCPT from unknown[192.0.2.1]: 450 4.7.1 no",
    { form: "none", message: "NOQUEUE: reject: RCPT from unknown[192.0.2.1]: 450 4.7.1 no" },
  ],
  "a bare message with a level": [
    "fatal: open /etc/postfix/main.cf: No such file",
    { form: "none", level: "fatal", message: "open /etc/postfix/main.cf: No such file" },
  ],
  nothing: ["", { form: "none", message: "" }],
};

const RSPAMD = { program: "normal", daemon: "rspamd", system: "rspamd", pid: 4711 } as const;
const OWN = { form: "rfc3339", time: "2026 11-22 10:00:00.000000 -", ...RSPAMD } as const;
const SYSLOG = { ...BSD, ...RSPAMD, program: "rspamd" } as const;
const GIVEN_UP = "cannot resolve maps.example.com: query timed out";

const RSPAMD_LINES: Readonly<Record<string, readonly [line: string, expected: Expected]>> = {
  "its own file": [
    `2026-11-22 10:00:00 #4711(normal) <a1b2c3>; map; rspamd_map_dns_callback: ${GIVEN_UP}`,
    { ...OWN, message: GIVEN_UP },
  ],
  "its own file, with the level and a fraction": [
    `2026-11-22 10:00:00.12345 [error] #4711(normal) <a1b2c3>; map; rspamd_map_dns_callback: ${GIVEN_UP}`,
    { ...OWN, time: "2026 11-22 10:00:00.123450 -", level: "error", message: GIVEN_UP },
  ],
  "a place in Lua": [
    "2026-11-22 10:00:00 [warn] #4711(normal) <>; lua; neural.lua:780: 2 of 3: no",
    { ...OWN, level: "warning", message: "2 of 3: no" },
  ],
  "no task": ["2026-11-22 10:00:00 #4711(normal) lua; strict.lua:34: x", { ...OWN, message: "x" }],
  "neither task nor module": ["2026-11-22 10:00:00 #4711(normal) rspamd_url_init: x", { ...OWN, message: "x" }],
  "no place either": ["2026-11-22 10:00:00 #4711(normal) : x", { ...OWN, message: "x" }],
  "no more than a message": ["2026-11-22 10:00:00 #4711(normal) one two: x", { ...OWN, message: "one two: x" }],
  "another number sign": [
    "2026-11-22 10:00:00 #4711 <a>; b; c: x",
    { form: "rfc3339", time: OWN.time, message: "#4711 <a>; b; c: x" },
  ],
  syslog: [`Nov 22 10:00:00 mail rspamd[4711]: <a1b2c3>; ; neural.lua:780: x`, { ...SYSLOG, message: "x" }],
  journald: [`Nov 22 10:00:00 mail rspamd[4711]: (main) <a1b2c3>; cfg; place: x`, { ...SYSLOG, message: "x" }],
  "journald, of a console": [`Nov 22 10:00:00 mail rspamd[4711]: #4711(main) place: x`, { ...SYSLOG, message: "x" }],
  "journald, of what it prints before it logs": [
    "Nov 22 10:00:00 mail rspamd[4711]: 2026-11-22 10:00:00 #4711(main) cfg; place: x",
    { ...SYSLOG, message: "x" },
  ],
  "a number first": ["Nov 22 10:00:00 mail rspamd[4711]: 2026 one: x", { ...SYSLOG, message: "2026 one: x" }],
  "a message that begins with a bracket": [
    "Nov 22 10:00:00 mail rspamd[4711]: <a1b2c3> is not: x",
    { ...SYSLOG, message: "<a1b2c3> is not: x" },
  ],
};

const TAGS: Readonly<Record<string, readonly [line: string, expected: Expected]>> = {
  "a service's syslog_name": [
    `Nov 22 10:00:00 mail postfix/submission/smtpd[123]: ${CONNECT}`,
    { ...BSD, ...SMTPD, program: "postfix/submission/smtpd" },
  ],
  "an instance": [
    `Nov 22 10:00:00 mail postfix-out/smtp[123]: ${CONNECT}`,
    { ...BSD, ...SMTPD, program: "postfix-out/smtp", daemon: "smtp" },
  ],
  "a name of its own": [
    `Nov 22 10:00:00 mail mta1/smtpd[123]: ${CONNECT}`,
    { ...BSD, ...SMTPD, program: "mta1/smtpd" },
  ],
  "the daemon alone": [
    `Nov 22 10:00:00 mail cleanup[123]: ${CONNECT}`,
    { ...BSD, ...SMTPD, program: "cleanup", daemon: "cleanup" },
  ],
  "no colon": [`Nov 22 10:00:00 mail postfix/smtpd[123] ${CONNECT}`, { ...BSD, ...SMTPD }],
  "no blank": [`Nov 22 10:00:00 mail postfix/smtpd[123]:${CONNECT}`, { ...BSD, ...SMTPD }],
  "no pid": [
    `Nov 22 10:00:00 mail postfix/smtpd: ${CONNECT}`,
    { ...BSD, program: "postfix/smtpd", daemon: "smtpd", system: "postfix", message: CONNECT },
  ],
  "neither pid nor colon": [
    `Nov 22 10:00:00 mail postfix/smtpd ${CONNECT}`,
    { ...BSD, program: "postfix/smtpd", daemon: "smtpd", system: "postfix", message: CONNECT },
  ],
  "a warning": [
    "Nov 22 10:00:00 mail postfix/smtpd[123]: warning: hostname x does not resolve",
    { ...BSD, ...SMTPD, level: "warning", message: "hostname x does not resolve" },
  ],
  "a panic": [
    "Nov 22 10:00:00 mail postfix/qmgr[123]: panic: x",
    { ...BSD, ...SMTPD, program: "postfix/qmgr", daemon: "qmgr", level: "panic", message: "x" },
  ],
  "no level: a warning of header_checks": [
    "Nov 22 10:00:00 mail postfix/cleanup[123]: 4Zx1Qk0Y1M: warning: header Subject: x",
    {
      ...BSD,
      ...SMTPD,
      program: "postfix/cleanup",
      daemon: "cleanup",
      message: "4Zx1Qk0Y1M: warning: header Subject: x",
    },
  ],
  "a stranger": [
    "Nov 22 10:00:00 mail sshd[123]: Connection closed",
    { ...BSD, program: "sshd", daemon: "sshd", pid: 123, message: "Connection closed" },
  ],
  Dovecot: [
    "Nov 22 10:00:00 mail dovecot: imap-login: Disconnected (auth failed)",
    { ...BSD, program: "dovecot", daemon: "imap-login", system: "dovecot", message: "Disconnected (auth failed)" },
  ],
  "Dovecot, a user's process": [
    "Nov 22 10:00:00 mail dovecot[123]: imap(bob@example.com)<99><a+b/c>: Error: no space",
    { ...BSD, program: "dovecot", daemon: "imap", system: "dovecot", pid: 123, level: "error", message: "no space" },
  ],
  "Dovecot's own file": [
    "Nov 22 10:00:00 imap-login: Warning: SSL failed",
    {
      form: "bsd",
      time: "- 11-22 10:00:00.000000 -",
      daemon: "imap-login",
      system: "dovecot",
      level: "warning",
      message: "SSL failed",
    },
  ],
  amavis: [
    "Nov 22 10:00:00 mail amavis[123]: (12345-01) Passed CLEAN",
    { ...BSD, program: "amavis", daemon: "amavis", system: "amavis", pid: 123, message: "Passed CLEAN" },
  ],
  "amavis by its path": [
    "Nov 22 10:00:00 mail /usr/sbin/amavisd-new[123]: (12345-01-2) Blocked SPAM",
    {
      ...BSD,
      program: "/usr/sbin/amavisd-new",
      daemon: "amavisd-new",
      system: "amavis",
      pid: 123,
      message: "Blocked SPAM",
    },
  ],
  iRedAPD: [
    "Nov 22 10:00:00 mail iredapd[123]: [192.0.2.1] RCPT, a@b -> c@d, REJECT",
    {
      ...BSD,
      program: "iredapd",
      daemon: "iredapd",
      system: "iredapd",
      pid: 123,
      message: "[192.0.2.1] RCPT, a@b -> c@d, REJECT",
    },
  ],
  "folded by rsyslog": [
    `Nov 22 10:00:00 mail postfix/smtpd[123]: message repeated 3 times: [ warning: ${CONNECT}]`,
    { ...BSD, ...SMTPD, level: "warning", repeated: 3 },
  ],
  "syslogd's own": [
    "Nov 22 10:00:00 mail last message repeated 2 times",
    { ...BSD, message: "last message repeated 2 times" },
  ],
};

function read(line: string): Readonly<Record<string, unknown>> {
  const bytes = encodeUtf8(`before\n${line}`);
  const start = "before\n".length;
  const envelope = readEnvelope(bytes, start, bytes.length);
  const text = (at: Span | null): string | undefined =>
    at === null ? undefined : decodeUtf8(bytes, start + at.start, start + at.end);
  const { time, text: own, message } = envelope;
  const two = (value: number): string => String(value).padStart(2, "0");
  const stamp =
    time === null
      ? undefined
      : `${time.year ?? "-"} ${two(time.month)}-${two(time.day)} ${two(time.hour)}:${two(time.minute)}:${two(time.second)}.` +
        `${String(time.microsecond).padStart(6, "0")} ${time.offsetMinutes ?? "-"}`;
  const parts = {
    form: envelope.form,
    time: stamp,
    host: text(envelope.hostSpan),
    program: text(envelope.programSpan),
    daemon: envelope.daemon ?? undefined,
    system: envelope.system ?? undefined,
    pid: envelope.pid ?? undefined,
    level: envelope.level === "info" ? undefined : envelope.level,
    repeated: envelope.repeated === 1 ? undefined : envelope.repeated,
    message: own === null ? text(message) : decodeUtf8(own, message.start, message.end),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

describe("the envelope's forms", () => {
  for (const [name, [line, expected]] of Object.entries(FORMS))
    test(name, () => assert.deepEqual(read(line), expected));
});

describe("tags, levels and what else stands before a message", () => {
  for (const [name, [line, expected]] of Object.entries(TAGS)) test(name, () => assert.deepEqual(read(line), expected));
});

describe("what Rspamd says before a message", () => {
  for (const [name, [line, expected]] of Object.entries(RSPAMD_LINES))
    test(name, () => assert.deepEqual(read(line), expected));
});

test("an escaped message has a place in the line, though its fields have none", () => {
  const bytes = encodeUtf8('{"MESSAGE":"a\\tb","_PID":"7"}');
  const envelope = readEnvelope(bytes, 0, bytes.length);
  assert.deepEqual(envelope.message, { start: 0, end: 3 });
  assert.equal(decodeUtf8(bytes, envelope.place.start, envelope.place.end), "a\\tb");
});

test("what only looks like a stamp is no stamp", () => {
  for (const line of [
    "Nov 32 10:00:00 mail x[1]: y",
    "Nov 22 24:00:00 mail x[1]: y",
    "2026-13-01T10:00:00Z mail x[1]: y",
    "Nov 22 10:00:00x mail x[1]: y",
  ]) {
    assert.equal(read(line)["form"], "none", line);
  }
});
