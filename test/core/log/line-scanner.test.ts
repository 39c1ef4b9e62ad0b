import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import type { LineScanner } from "@postmaster/core/log/line-scanner.ts";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import type { LogLine } from "@postmaster/core/log/log-line.ts";
import { MARGIN } from "@postmaster/core/log/machine/machine.ts";
import type { Sought } from "@postmaster/core/log/matcher.ts";
import { encodeUtf8 } from "@postmaster/core/log/utf8.ts";
import { logLines } from "../../../bench/log/log-lines.ts";
import { inRoot } from "../../../scripts/lib/paths.ts";
import { MESSAGE_LINES } from "./message-lines.ts";
import { pseudoRandom } from "./pseudo-random.ts";

const engine = createCatalogueEngine();
const { scanNames } = engine;
const LF = 10;
/** Fields of all kinds: a template's own, a client's parts, a list's attributes. */
const FIELDS = [
  "queue_id",
  "client",
  "client_address",
  "client_port",
  "sender",
  "recipient",
  "relay",
  "delay",
  "reason",
];

/** What both ways of reading must agree on. */
interface Seen {
  readonly about: object;
  readonly message: string | null;
  readonly entry: string | null;
  readonly fields: Readonly<Record<string, readonly [number, number]>>;
}

function seenByScanner(scanner: LineScanner, start: number, names: Iterable<string>): Seen {
  const { time, hostStart, hostEnd, program, pid, level, repeated, messageStart, messageEnd, text } = scanner;
  const fields: Record<string, readonly [number, number]> = {};
  for (const name of names) {
    if (scanner.find(scanNames.field(name))) fields[name] = [scanner.valueStart, scanner.valueEnd];
  }
  return {
    about: {
      time,
      host: hostStart === -1 ? null : [hostStart - start, hostEnd - start],
      tagged: program.tag !== null,
      daemon: program.daemon,
      system: program.system,
      pid: pid === -1 ? null : pid,
      level,
      repeated,
      message: Buffer.from(text.subarray(messageStart, messageEnd)).toString("latin1"),
    },
    message: scanNames.messages.at(scanner.message),
    entry: scanNames.entries.at(scanner.entry),
    fields,
  };
}

function seenByReadLine({ envelope, message, entry }: LogLine, bytes: Uint8Array, start: number): Seen {
  const { time, hostSpan, programSpan, daemon, system, pid, level, repeated, text } = envelope;
  const origin = text === null ? start : 0;
  const found = message ?? entry;
  return {
    about: {
      time,
      host: hostSpan === null ? null : [hostSpan.start, hostSpan.end],
      tagged: programSpan !== null,
      daemon,
      system,
      pid,
      level,
      repeated,
      message: Buffer.from(
        (text ?? bytes).subarray(origin + envelope.message.start, origin + envelope.message.end),
      ).toString("latin1"),
    },
    message: message?.templateId ?? null,
    entry: entry?.templateId ?? null,
    fields: Object.fromEntries(
      Object.entries(found?.fields ?? {}).map(([name, at]) => [name, [origin + at.start, origin + at.end] as const]),
    ),
  };
}

/** Reads lines one after the other both ways; the scanner remembers from line to line. */
function compare(lines: Iterable<Uint8Array>, goal: Sought): number {
  const scanner = engine.createScanner(goal);
  let count = 0;
  for (const bytes of lines) {
    // A line in the middle of a buffer, as in a file.
    const start = count % 3;
    const buffer = new Uint8Array(start + bytes.length + 2).fill(0x58);
    buffer.set(bytes, start);
    const end = start + bytes.length;
    const wanted = seenByReadLine(engine.readLine(buffer, start, end, goal), buffer, start);
    scanner.scan(buffer, start, end);
    const seen = seenByScanner(
      scanner,
      start,
      new Set([...Object.keys(wanted.fields), "relay", "queue_id", "client_port"]),
    );
    assert.deepEqual(seen, wanted, Buffer.from(bytes).toString());
    count += 1;
  }
  return count;
}

/** What a scanner sees of lines that are read all at once. */
function seenAtOnce(text: Uint8Array, goal: Sought, which: "all" | "explained"): readonly Seen[] {
  const scanner = engine.createScanner(goal);
  const seen: Seen[] = [];
  let before = -1;
  const count = scanner.scanLines(text, 0, text.length, which, (bytes, start, _end, number) => {
    assert.ok(which === "all" ? number === before + 1 : number > before);
    before = number;
    const found = seenByScanner(scanner, start, FIELDS);
    const origin = scanner.text === bytes ? start : 0;
    const fields = Object.entries(found.fields).map(
      ([name, [from, to]]) => [name, [from - origin, to - origin]] as const,
    );
    seen.push({ ...found, fields: Object.fromEntries(fields) });
  });
  assert.equal(count, text.filter((byte) => byte === LF).length + 1);
  return seen;
}

/** Read one by one, all at once where they have to be copied, and all at once in a room of the engine. */
function compareAtOnce(lines: readonly Uint8Array[], goal: Sought): void {
  const text = Uint8Array.from(Buffer.concat(lines.flatMap((line) => [line, Uint8Array.of(LF)]))).subarray(0, -1);
  const scanner = engine.createScanner(goal);
  const wanted = lines.map((line) => {
    scanner.scan(line, 0, line.length);
    return { isExplained: scanner.entry !== -1, seen: seenByScanner(scanner, 0, FIELDS) };
  });
  for (const which of ["all", "explained"] as const) {
    const expected = wanted.filter(({ isExplained }) => which === "all" || isExplained).map(({ seen }) => seen);
    assert.ok(expected.length > 0);
    assert.deepEqual(seenAtOnce(text, goal, which), expected, "elsewhere");
    const room = engine.openRoom();
    room.bytes(text.length).set(text);
    assert.deepEqual(seenAtOnce(room.bytes(text.length).subarray(0, text.length), goal, which), expected, "in a room");
    room.close();
  }
}

function* generated(count: number): Generator<Uint8Array> {
  let left = count;
  for (const line of logLines(7)) {
    if (left === 0) return;
    left -= 1;
    yield encodeUtf8(line);
  }
}

const HEADS = [
  "Nov 22 10:00:00 mail postfix/@[12]: ",
  "2026-11-22T10:00:00.123456+01:00 mail postfix/@[12]: ",
  "2026-11-22T10:00:00.9Z mx.example.com postfix/in/@[7]: ",
  "2026-11-22 10:00:00 mail @[12]: ",
  "<22>1 2026-11-22T10:00:00Z mail postfix/@ 12 - - ",
  "Nov 22 10:00:00 postfix/@[12]: ",
  "Nov 22 10:00:00 mail postfix/@: ",
  "Nov 22 10:00:00 mail @: ",
];
/** Whether a word and a colon are a tag is sometimes decided by what follows. */
const WITHOUT_PID = [
  "dovecot: imap-login: Login: user=<a@b.example>, method=PLAIN, rip=192.0.2.1",
  "dovecot: imap(a@b.example)<1><x>: Error: no",
  "dovecot:  imap-login: Login: user=<a@b.example>",
  "dovecot:imap-login: Login: user=<a@b.example>",
  "dovecot[9]: imap-login: Login: user=<a@b.example>",
  "dovecot: imap-login: Disconnected (auth failed, 3 attempts in 6 secs): user=<a@b.example>, method=PLAIN, rip=192.0.2.1, lip=192.0.2.2",
  "dovecot: Warning: no",
  "dovecot: ",
  "dovecot:",
  "imap-login: Login: user=<a@b.example>",
  "imap-login[9]: Login: user=<a@b.example>",
  "master: Info: started",
  "master: reload",
  "master[9]: Info: started",
  "amavis: (00009-01) Passed CLEAN",
  "postfix/smtpd: connect from a[192.0.2.1]",
  "postfix/smtpd: NOQUEUE: reject: RCPT from a[192.0.2.1]: 554 5.7.1 <b@example.com>: Relay access denied; from=<c@example.org> to=<b@example.com> proto=ESMTP helo=<d>",
  "smtpd: connect from a[192.0.2.1]",
  "smtpd: message repeated 2 times: [ connect from a[192.0.2.1]]",
  "warning: postfix/smtpd: connect from a[192.0.2.1]",
  "NOQUEUE: reject: x",
].map((rest) => `Nov 22 10:00:00 mail ${rest}`);
const LEVELS = ["", "warning: ", "fatal: ", "warning:  ", "message repeated 2 times: [ "];
const SPECIAL = [
  '{"__REALTIME_TIMESTAMP":"1795341600000007","SYSLOG_IDENTIFIER":"postfix/smtpd","_PID":"1","MESSAGE":"warning: \\"x\\" \\u00e4 [1,2]"}',
  "mail-1  | Nov 22 10:00:00 mail dovecot: imap(a@b.example)<1><x>: Error: no",
  "Nov 22 10:00:00 mail dovecot[9]: imap(a@b.example)<1><x>: Error: no",
  "Nov 22 10:00:00 mail dovecot[9]: Warning: no",
  "Nov 22 10:00:00 mail amavis[9]: (00009-01) Passed CLEAN",
  ...[
    "<a1b2c3>; ; neural.lua:780: x",
    "<a1b2c3>; map; x:1: y",
    "(main) <a1b2c3>; cfg; place: x",
    "#4711(main) place: x",
    "#4711(main) ",
    "(main) <a1b2c3>",
    "(main <a1b2c3>; cfg; place: x",
    "(main) one two: x",
    "<a1b2c3> is not: x",
    "<>; ; : cannot resolve a.example: x",
    "2026-11-22 10:00:00 #9(main) cfg; place: x",
    "2026-11-22 10:00:00.12345 [error] #9(main) <x>; cfg; place: x",
    "2026-11-22 10:00:00 [error] cfg; place: x",
    "9 one: x",
    "9",
  ].map((rest) => `Nov 22 10:00:00 mail rspamd[9]: ${rest}`),
  ...[
    "Sat Nov 28 19:14:04 2026 -> Update process terminated",
    "Sat Nov 28 19:14:04 2026 -> ERROR: Update failed.",
    "WARNING: Sat Nov 28 19:14:04 2026 -> Can't query current.cvd.clamav.net",
    "ERROR: Sat Nov 28 19:14:04 2026 ->  Message: Couldn't resolve host name",
    "ERROR: WARNING: x",
    "Sat Nov 28 19:14:04 2026 ->",
    "Sat Nov 28 19:14:04 2026 -> ",
    "Sat Nov 28 19:14",
  ].map((rest) => `Nov 22 10:00:00 mail freshclam[9]: ${rest}`),
  "2026-11-22 10:00:00 #9(normal) <a1b2c3>; map; place: cannot resolve a.example: x",
  "2026-11-22 10:00:00 [error] #9(normal) lua; neural.lua:780: x",
  "Nov 22 10:00:00 mail postfix/smtpd[1]: message repeated 3 times: [ connect from a[192.0.2.1]]",
  "Nov 22 10:00:60 mail postfix/smtpd[1]: connect from a[192.0.2.1]",
  "Nov 22 10:00:61 mail postfix/smtpd[1]: connect from a[192.0.2.1]",
  "Nov 22 24:00:00 mail postfix/smtpd[1]: connect from a[192.0.2.1]",
  "Nov 22 10:00:01 mail sshd[1]: postfix/smtpd[2]: connect from a[192.0.2.1]",
  "Nov 22 10:00:01 mail mail.warn postfix/smtpd[2]: connect from a[192.0.2.1]",
  "Nov 22 10:00:01 mail 3f2a1b[99]: postfix/smtpd[1]: connect from a[192.0.2.1]",
  "Nov 22 10:00:01 mail postfix/smtpd[1]:  connect from a[192.0.2.1]",
  "Nov 22 10:00:01 mail postfix/smtpd[1]: warning:",
  "Nov 22 10:00:01 mail postfix/smtpd[]: connect from a[192.0.2.1]",
  "Nov 22 10:00:01 mail postfix/smtpd[1]:",
  "Nov 22 10:00:01 mail",
  "Nov 22 10:00:01",
  "",
];

test("a scanner finds what readLine finds, line after line of a busy server", () => {
  assert.equal(compare(generated(10_000), "both"), 10_000);
  assert.equal(compare(generated(10_000), "entry"), 10_000);
});

test("a scanner finds what readLine finds, in lines whose tags lack the pid, in any order", () => {
  const random = pseudoRandom(23);
  const lines = Array.from({ length: 4000 }, () => encodeUtf8(WITHOUT_PID[random(WITHOUT_PID.length)] ?? ""));
  assert.equal(compare(lines, "both"), lines.length);
  compareAtOnce(lines, "entry");
});

test("a scanner finds what readLine finds, in samples and in every form of header, mixed as no log would", () => {
  const random = pseudoRandom(11);
  const messages = Object.entries(MESSAGE_LINES).flatMap(([program, ids]) =>
    Object.values(ids).flatMap((lines) => lines.map((line) => ({ program, line }))),
  );
  const lines = [
    ...readFileSync(inRoot("samples", "mail.log"), "utf8").split("\n"),
    ...Array.from({ length: 8_000 }, () => {
      if (random(20) === 0) return SPECIAL[random(SPECIAL.length)] ?? "";
      const { program, line } = messages[random(messages.length)] ?? { program: "", line: "" };
      const head = HEADS[random(random(3) === 0 ? HEADS.length : 2)] ?? "";
      const level = random(4) === 0 ? (LEVELS[random(LEVELS.length)] ?? "") : "";
      const second = String(random(70)).padStart(2, "0");
      return (
        head.replace("@", program).replace(":00:00", `:${String(random(62)).padStart(2, "0")}:${second}`) + level + line
      );
    }),
  ].map(encodeUtf8);
  for (const goal of ["both", "entry"] as const) compare(lines, goal);
});

test("lines read all at once are what they are one by one", () => {
  const isOneLine = (line: Uint8Array): boolean => !line.includes(LF) && line.length > 0;
  const mixed = [...generated(3_000), ...SPECIAL.map(encodeUtf8), ...brokenLines(6_000)].filter(isOneLine);
  for (const goal of ["both", "entry"] as const) compareAtOnce(mixed, goal);
});

test("a scanner finds what readLine finds in broken lines, and never throws", () => {
  compare(brokenLines(15_000), "both");
});

function* brokenLines(count: number): Generator<Uint8Array> {
  const random = pseudoRandom(5);
  const whole = [...generated(300), ...SPECIAL.map(encodeUtf8)];
  const telling = encodeUtf8("<>[]{}:;,=\"'\\/ \0\r\n()%0");
  for (let round = 0; round < count; round += 1) {
    const line = Uint8Array.from(whole[random(whole.length)] ?? []);
    for (let change = random(4); change > 0 && line.length > 0; change -= 1) {
      // Mostly in the header: that is where something is remembered.
      const at = random(2) === 0 ? random(Math.min(60, line.length)) : random(line.length);
      line[at] = random(2) === 0 ? random(256) : (telling[random(telling.length)] ?? 0);
    }
    yield random(8) === 0 ? line.subarray(0, random(line.length + 1)) : line;
  }
}

/** Leaves so little memory that an engine has to grow for what it makes when it meets a program. */
function fill(full: LogEngine): void {
  const pageOf = (size: number): number => full.openRoom().bytes(size).buffer.byteLength;
  const begun = pageOf(1000);
  while (pageOf(1000) === begun) continue;
  // The rest of the page that was just begun, but for a few kilobytes.
  pageOf(50_000);
}

test("a line is whole though the machine's memory had to grow for the program that wrote it", () => {
  const fresh = createCatalogueEngine();
  const scanner = fresh.createScanner("both");
  for (const [program, ids] of Object.entries(MESSAGE_LINES)) {
    const message = Object.values(ids).flat()[0] ?? "";
    const bytes = encodeUtf8(`Nov 22 10:00:00 mail postfix/${program}[12]: ${message}`);
    const room = fresh.openRoom();
    room.bytes(bytes.length).set(bytes);
    fill(fresh);
    scanner.scanLines(room.bytes(bytes.length), 0, bytes.length, "all", (memory, start) => {
      const wanted = seenByReadLine(fresh.readLine(bytes, 0, bytes.length), bytes, 0).about;
      assert.deepEqual(seenByScanner(scanner, start, []).about, wanted);
      assert.equal(memory, scanner.text);
      assert.equal(Buffer.from(memory.subarray(start, start + bytes.length)).compare(bytes), 0);
    });
    room.close();
  }
});

test("a line is read where memory ends: it is looked at in steps that reach beyond it", () => {
  const fresh = createCatalogueEngine();
  const scanner = fresh.createScanner("both");
  const lines = [...generated(500), ...SPECIAL.map(encodeUtf8), ...brokenLines(2_000)];
  // What is made when a program is first met is there by then, so that memory does not grow any more.
  const wanted = lines.map((line) => {
    scanner.scan(line, 0, line.length);
    return seenByReadLine(fresh.readLine(line, 0, line.length), line, 0).about;
  });
  const first = fresh.openRoom().bytes(1);
  const next = Math.ceil((first.byteOffset + 1 + MARGIN) / 16) * 16;
  const page = 65_536;
  const bytes = fresh.openRoom().bytes(400 * page - MARGIN - (next % page));
  assert.equal(bytes.byteOffset + bytes.length + MARGIN, bytes.buffer.byteLength);
  // What lies behind them is no part of them, even where it would go on well.
  new Uint8Array(bytes.buffer).fill(0x3a, bytes.byteOffset + bytes.length);
  lines.forEach((line, index) => {
    const start = bytes.length - line.length;
    bytes.set(line, start);
    const count = scanner.scanLines(bytes, start, bytes.length, "all", (memory, at) => {
      assert.equal(memory.buffer, bytes.buffer);
      if (!line.includes(LF)) assert.deepEqual(seenByScanner(scanner, at, []).about, wanted[index]);
    });
    assert.ok(count > 0 || line.length === 0);
  });
});
