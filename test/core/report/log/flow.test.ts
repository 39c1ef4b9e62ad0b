import assert from "node:assert/strict";
import { test } from "node:test";
import { logLines } from "../../../../bench/log/log-lines.ts";
import { createCatalogueEngine } from "../../../../core/features/catalogue-engine.ts";
import { encodeUtf8 } from "../../../../core/log/utf8.ts";
import { addDuration, bucketLimits, durationHistogram } from "../../../../core/report/log/duration-histogram.ts";
import { type LineCounter, lineCounter } from "../../../../core/report/log/line-counter.ts";
import { mergeTallies } from "../../../../core/report/log/merge-tallies.ts";
import { summarize } from "../../../../core/report/log/summarize.ts";
import { emptyTally, type Tally } from "../../../../core/report/log/tally.ts";
import { MESSAGE_LINES } from "../../log/message-lines.ts";
import { pseudoRandom } from "../../log/pseudo-random.ts";
import { smallDay } from "./a-report.ts";

const engine = createCatalogueEngine();
const scanner = engine.createScanner("both");
const LF = 10;
/** A zone whose hours do not begin when others' do. */
const REFERENCE = { notAfter: Date.UTC(2026, 10, 28), zone: 345 };

/** Every line visited and counted by TypeScript. */
function countedOneByOne(parts: readonly (readonly Uint8Array[])[]): Tally {
  const counter = lineCounter(engine, REFERENCE);
  return merged(parts, (lines) => {
    lines.forEach((line, number) => {
      scanner.scan(line, 0, line.length);
      counter.count(scanner, number);
    });
    return counter.take();
  });
}

/** The plain ones counted by the machine. @param between called between two pieces of a part */
function countedByMachine(parts: readonly (readonly Uint8Array[])[], between: () => void = () => undefined): Tally {
  const counter = lineCounter(engine, REFERENCE);
  let visited = 0;
  let all = 0;
  const tally = merged(parts, (lines) => {
    let before = 0;
    for (let at = 0; at < lines.length; at += 700) {
      const piece = lines.slice(at, at + 700);
      visited += scan(counter, piece, before);
      before += piece.length;
      between();
    }
    all += lines.length;
    return counter.take();
  });
  assert.ok(visited < all, "none was counted by the machine");
  return tally;
}

/** @param isInRoom whether the machine can look at the lines where they lie @returns how many were left to be visited */
function scan(counter: LineCounter, lines: readonly Uint8Array[], before: number, isInRoom = true): number {
  const text = Buffer.concat(lines.flatMap((line) => [line, Uint8Array.of(LF)]));
  const room = engine.openRoom();
  room.bytes(text.length).set(text);
  let visited = 0;
  const bytes = isInRoom ? room.bytes(text.length) : text;
  const count = scanner.scanLines(bytes, 0, text.length, counter.flow, (_bytes, _start, _end, number) => {
    visited += 1;
    counter.count(scanner, before + number);
  });
  assert.equal(count, lines.length);
  room.close();
  return visited;
}

function merged(parts: readonly (readonly Uint8Array[])[], count: (lines: readonly Uint8Array[]) => Tally): Tally {
  const tally = emptyTally();
  let linesBefore = 0;
  for (const lines of parts) {
    mergeTallies(tally, count(lines), { source: 0, linesBefore });
    linesBefore += lines.length;
  }
  return tally;
}

function reportOf(tally: Tally): unknown {
  const report = summarize(tally, { logs: [{ name: "mail.log", problem: null }], zone: 345, limit: 100_000 });
  return { ...report, endMs: tally.endMs };
}

function cut(lines: readonly string[], count: number): readonly (readonly Uint8Array[])[] {
  const encoded = lines.map((line) => encodeUtf8(line.replaceAll("\n", " ")));
  const length = Math.ceil(encoded.length / count);
  return Array.from({ length: count }, (_, part) => encoded.slice(part * length, (part + 1) * length));
}

function compare(lines: readonly string[], partCount = 3): void {
  const parts = cut(lines, partCount);
  assert.deepEqual(reportOf(countedByMachine(parts)), reportOf(countedOneByOne(parts)));
}

function generated(count: number): readonly string[] {
  const lines: string[] = [];
  for (const line of logLines(3)) {
    if (lines.length === count) break;
    lines.push(line);
  }
  return lines;
}

test("the machine counts what TypeScript counts, on a busy server over several hours", () => {
  // A line a second or two: more hours than a generated log of this size has.
  const lines = generated(24_000).map((line, index) => {
    const seconds = Math.floor(index * 1.3);
    const clock = [3600, 60, 1].map((unit, place) => Math.floor(seconds / unit) % (place === 0 ? 24 : 60));
    const [hour = 0, minute = 0, second = 0] = clock;
    return `Nov  9 ${[hour, minute, second].map((one) => String(one).padStart(2, "0")).join(":")}${line.slice(15)}`;
  });
  compare(lines);
  compare(lines.slice(0, 4000), 1);
});

test("the machine counts what TypeScript counts, with all forms of stamps mixed", () => {
  const stamps = [
    "Nov  9 06:59:60",
    "Nov  9 07:00:00",
    "2026-11-09T07:00:00.1234567+00:00",
    "2026-11-09T07:29:59.9+05:30",
    "Feb 30 10:00:00",
    "2026-11-09T07:00:01Z",
  ];
  const random = pseudoRandom(5);
  let stamp = stamps[0] ?? "";
  compare(
    generated(6000).map((line) => {
      if (random(40) === 0) stamp = stamps[random(stamps.length)] ?? "";
      return stamp + line.slice(15);
    }),
  );
});

test("the machine counts what TypeScript counts, in samples of messages and what was cut out of them", () => {
  const random = pseudoRandom(17);
  const messages = Object.entries(MESSAGE_LINES).flatMap(([program, ids]) =>
    Object.values(ids).flatMap((lines) => lines.map((line) => `Nov 22 10:00:00 mail postfix/${program}[12]: ${line}`)),
  );
  const busy = [...smallDay(), ...generated(4000)];
  compare([...messages, ...smallDay(), ...smallDay()], 2);
  const torn = Array.from({ length: 12_000 }, () => {
    const line = (random(3) === 0 ? messages : busy)[random(random(2) === 0 ? 200 : 4000)] ?? "";
    const other = busy[random(busy.length)] ?? "";
    const at = random(line.length + 1);
    return random(2) === 0
      ? line
      : line.slice(0, at) + (random(2) === 0 ? "\u00e9" : other.slice(random(other.length)));
  });
  compare(torn);
});

test("the machine counts what TypeScript counts, of deliveries whose lists say things twice, badly or not at all", () => {
  const random = pseudoRandom(29);
  const pieces = [
    ", relay=mx.example.com[192.0.2.1]:25",
    ", relay=127.0.0.1[127.0.0.1]:10024",
    ", relay=<a, b>",
    ", relay=",
    ", delay=0.5",
    ", delay=1.23456",
    ", delay=-1",
    `, delay=${"9".repeat(400)}`,
    ", delay=.",
    ", delays=0.1/0.02/3/444",
    ", delays=0.1/0.02/3",
    ", delays=1/2/3/4/5",
    ", delays=0/0/0/0",
    ", dsn=2.0.0",
    ", tls=dane",
    ", conn_use=2",
    ", orig_to=<A@example.com>",
  ];
  const reasons = [
    "250 2.0.0 Ok: queued as 123",
    "forwarded as 123456",
    "queued as ",
    "delivered to mailbox",
    "connect to mx.example.com[192.0.2.1]:25: Connection timed out",
    "host mx.example.com[192.0.2.1] said: 550 5.1.1 User unknown (in reply to RCPT TO command)",
    "",
  ];
  const ids = ["A1B2C3D4", "E5F6A7B8", "3ZqXkT0Wz2"];
  const one = (list: readonly string[]): string => list[random(list.length)] ?? "";
  const rare = (text: string): string => (random(3) === 0 ? text : "");
  compare(
    Array.from({ length: 6000 }, () => {
      const id = one(ids);
      const list = Array.from({ length: random(6) }, () => one(pieces)).join("");
      const messages = [
        `smtp[1]: ${id}: to=<${one(["a", "B", '"x> y"'])}@example.org>${list}, status=${one(["sent", "sent", "deferred", "bounced", "deliverable", "bounces"])} (${one(reasons)})`,
        `lmtp[1]: ${id}: to=<a@example.org>${list}, status=sent (${one(reasons)})`,
        `qmgr[1]: ${id}: from=<${one(["a@example.com", "", "A@Example.com"])}>, size=${one(["12", "99999999999999999", "-3", "0"])}, nrcpt=1 (queue active)`,
        `smtpd[1]: ${id}: client=${one(["a", "B", ""])}[${one(["192.0.2.1", "2001:db8::1", ""])}]${rare(":25")}${rare(", sasl_method=PLAIN")}${rare(`, sasl_username=${one(["a", "", "<>"])}`)}${rare(", sasl_username=b")}`,
        `pickup[1]: ${id}: uid=0 from=<root>`,
      ];
      return `Nov 22 10:00:0${random(10)} mail postfix/${one(messages)}`;
    }),
  );
});

test("the machine counts what TypeScript counts, of logins and rejections in all their forms", () => {
  const random = pseudoRandom(37);
  const one = (list: readonly string[]): string => list[random(list.length)] ?? "";
  const items = [
    "method=PLAIN",
    "rip=192.0.2.7",
    "rip=2001:db8::A",
    "rip=<b, c>",
    "rip=",
    "rip=<",
    "lip=192.0.2.1",
    "TLS",
    "session=<a, rip=x>",
    "mpid=7",
  ];
  const client = (): string => `${one(["a", "B", ""])}[${one(["192.0.2.1", "2001:db8::1", ""])}]${one(["", ":25"])}`;
  const reasons = [
    "554 5.7.1 <c@example.com>: Relay access denied",
    "450 4.7.1 <c@example.com>: Recipient address rejected: Greylisted",
    "454 4.7.1 nobody knows why",
    "550 5.1.1 <c@example.com>: Recipient address rejected: User unknown in virtual mailbox table",
  ];
  compare(
    Array.from({ length: 8000 }, () => {
      const list = Array.from({ length: random(5) }, () => `, ${one(items)}`).join("");
      const verb = one(["reject", "reject", "reject_warning", "discard", "bounce"]);
      return `Nov 22 10:00:0${random(10)} mail ${one([
        `dovecot: imap-login: Login: user=<${one(["a", ""])}>${list}`,
        `dovecot: imap-login: Disconnected (auth failed, ${one(["0", "3", "99999", "2x"])} attempts in 2 secs): user=<${one(["a", "b", ""])}>${list}`,
        `postfix/smtpd[1]: warning: ${client()}: SASL PLAIN authentication failed${one(["", ": no", ": no, sasl_username=b", ": no, sasl_username="])}`,
        `postfix/smtpd[1]: NOQUEUE: ${verb}: RCPT from ${client()}: ${one(reasons)}; from=<a@example.org> to=<c@example.com> proto=ESMTP helo=<d>`,
        `postfix/cleanup[1]: 4ABC123456: milter-${verb}: END-OF-MESSAGE from ${client()}: ${one(["5.7.1 no", "4.7.1 later"])}; from=<a@example.org> to=<c@example.com> proto=ESMTP helo=<d>`,
        `postfix/postscreen[1]: NOQUEUE: reject: CONNECT from [192.0.2.${random(9)}]:1: too many connections`,
      ])}`;
    }),
  );
});

test("what the machine has no room for is counted all the same", () => {
  const lines = Array.from({ length: 60_000 }, (_, index) => {
    const id = `4ABC${index.toString(16).toUpperCase().padStart(6, "0")}`;
    const from = `Nov 22 10:${index < 30_000 ? "00" : "01"}:00 mail postfix`;
    if (index % 3 === 0) return `${from}/smtpd[1]: ${id}: client=host${index}.example[192.0.2.1], sasl_username=a`;
    if (index % 3 === 1)
      return `${from}/smtp[1]: ${id}: to=<r${index}@example.org>, relay=${"x".repeat(300)}${index}, delay=1, status=sent (ok)`;
    return `${from}/smtpd[1]: connect from host[192.0.2.1]`;
  });
  compare(lines, 1);
});

test("mails that are taken up in another part than they came in are counted once, with their senders and bytes", () => {
  const random = pseudoRandom(41);
  const lines = Array.from({ length: 9000 }, (_, index) => {
    const id = `4ABC${random(400).toString(16).toUpperCase().padStart(6, "0")}`;
    const from = `Nov 22 10:${String(Math.floor(index / 200)).padStart(2, "0")}:00 mail postfix`;
    const sender = random(9) === 0 ? "s".repeat(random(400)) : `s${random(30)}@example.com`;
    if (random(4) === 0) return `${from}/smtpd[1]: ${id}: client=host[192.0.2.1]`;
    if (random(3) > 0)
      return `${from}/qmgr[1]: ${id}: from=<${sender}>, size=${100 + random(9)}, nrcpt=1 (queue active)`;
    return `${from}/smtp[1]: ${id}: to=<r@example.org>, relay=mx[192.0.2.1]:25, delay=1, status=deferred (connect to mx[192.0.2.1]:25: Connection timed out)`;
  });
  for (const parts of [1, 2, 7, 30]) compare(lines, parts);
});

test("failed logins and mails put off beyond what the machine has room for are counted all the same", () => {
  compare(
    Array.from({ length: 30_000 }, (_, index) => {
      const from = `Nov 22 10:0${Math.floor(index / 10_000)}:00 mail postfix`;
      const id = `4ABC${index.toString(16).toUpperCase().padStart(6, "0")}`;
      if (index % 3 === 0)
        return `${from}/smtpd[1]: warning: host[192.0.2.${index % 90}]: SASL PLAIN authentication failed: no, sasl_username=u${index % 70}`;
      if (index % 3 === 1)
        return `${from}/qmgr[1]: ${id}: from=<s${index}@example.com>, size=10, nrcpt=1 (queue active)`;
      return `${from}/smtp[1]: ${id}: to=<r@example.org>, relay=mx[192.0.2.1]:25, delay=1, status=deferred (connect to mx[192.0.2.1]:25: Connection timed out)`;
    }),
    1,
  );
});

test("two logs that are read in turns are counted each for itself", () => {
  const [mine, other] = [cut(generated(8000), 2), cut(generated(12_000).slice(9000), 1)];
  const counter = lineCounter(engine, REFERENCE);
  let at = 0;
  const tally = countedByMachine(mine, () => {
    const piece = other[0]?.slice(at, at + 200) ?? [];
    // Now and then where the machine cannot see them.
    scan(counter, piece, at, at % 600 === 0);
    at += piece.length;
  });
  assert.deepEqual(reportOf(tally), reportOf(countedOneByOne(mine)));
  const read = [other[0]?.slice(0, at) ?? []];
  const counted = merged(read, () => counter.take());
  assert.deepEqual(reportOf(counted), reportOf(countedOneByOne(read)));
});

test("a bucket's limit is the longest duration in it", () => {
  const bucketOf = (milliseconds: number): number => {
    const histogram = durationHistogram();
    addDuration(histogram, milliseconds);
    return histogram.buckets.indexOf(1);
  };
  bucketLimits().forEach((limit, index) => {
    assert.ok(bucketOf(limit) <= index && bucketOf(limit + 1) > index, `bucket ${index}`);
  });
});
