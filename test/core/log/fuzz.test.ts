import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { test } from "node:test";
import { createLogEngine } from "@postmaster/core/log/log-engine.ts";
import type { LogLine } from "@postmaster/core/log/log-line.ts";
import { messageTemplates } from "@postmaster/core/log/message-data.ts";
import { decodeUtf8, encodeUtf8 } from "@postmaster/core/log/utf8.ts";
import type { Span } from "@postmaster/core/text/span.ts";
import { rounds } from "../../soak/rounds.ts";
import { MESSAGE_LINES } from "./message-lines.ts";
import { pseudoRandom } from "./pseudo-random.ts";
import { referenceMessages } from "./reference-messages.ts";

const engine = createLogEngine(messageTemplates(referenceMessages()));
const HEADS = [
  "Nov 22 10:00:00 mail postfix/@[12]: ",
  "2026-11-22T10:00:00.123456+01:00 mail postfix/@[12]: ",
  "<22>1 2026-11-22T10:00:00Z mail postfix/@ 12 - - ",
];
const messages = Object.entries(MESSAGE_LINES).flatMap(([program, ids]) =>
  Object.values(ids).flatMap((lines) => lines.map((line) => ({ program, line }))),
);
const lines = HEADS.flatMap((head) => messages.map(({ program, line }) => head.replace("@", program) + line)).concat([
  '{"__REALTIME_TIMESTAMP":"1795341600000007","SYSLOG_IDENTIFIER":"postfix/smtpd","_PID":"1","MESSAGE":"warning: \\"x\\" \\u00e4 [1,2]"}',
  '{"MESSAGE":[102,97,116,97,108,58,32,110,111],"_HOSTNAME":"mail"}',
  "mail-1  | Nov 22 10:00:00 mail dovecot: imap(a@b.example)<1><x>: Error: no",
  "Nov 22 10:00:00 mail postfix/smtpd[1]: message repeated 3 times: [ connect from a[192.0.2.1]]",
]);

function checkSpans({ envelope, message, entry }: LogLine, length: number): void {
  const inside = (at: Span | null, from: number, to: number): void => {
    assert.ok(at === null || (from <= at.start && at.start <= at.end && at.end <= to));
  };
  for (const at of [envelope.timeSpan, envelope.hostSpan, envelope.programSpan, envelope.pidSpan, envelope.place])
    inside(at, 0, length);
  inside(envelope.message, 0, envelope.text?.length ?? length);
  for (const match of [message, entry]) {
    for (const at of Object.values(match?.fields ?? {})) inside(at, envelope.message.start, envelope.message.end);
  }
}

const ROUNDS = rounds(1_000_000);

test(`${ROUNDS} broken lines: never a throw, never a span outside its line`, () => {
  const random = pseudoRandom(42);
  const bytesOf = lines.map((line) => encodeUtf8(line));
  const telling = encodeUtf8("<>[]{}:;,=\"'\\/ \0\r\n()%");
  for (let round = 0; round < ROUNDS; round += 1) {
    const line = Uint8Array.from(bytesOf[random(bytesOf.length)] ?? []);
    for (let change = random(6); change > 0; change -= 1) {
      line[random(line.length)] = random(2) === 0 ? random(256) : (telling[random(telling.length)] ?? 0);
    }
    const start = random(4) === 0 ? random(line.length) : 0;
    const end = random(4) === 0 ? start + random(line.length - start + 1) : line.length;
    checkSpans(engine.readLine(line, start, end), end - start);
    if (round % 10 === 0) engine.readText(decodeUtf8(line, start, end));
  }
});

test("a line that ends with its tag has an empty message at its end", () => {
  const line = encodeUtf8("Nov 22 10:00:00 mail dovecot: imap");
  for (let end = 0; end <= line.length; end += 1) checkSpans(engine.readLine(line, 0, end), end);
});

test("throughput, for the record", (context) => {
  const text = encodeUtf8(`${lines.join("\n")}\n`.repeat(20));
  let best = Infinity;
  for (let run = 0; run < 5; run += 1) {
    const begun = performance.now();
    for (let start = 0; start < text.length; ) {
      const end = text.indexOf(0x0a, start) + 1;
      engine.readLine(text, start, end);
      start = end;
    }
    best = Math.min(best, performance.now() - begun);
  }
  context.diagnostic(
    `${(text.length / 1000 / best).toFixed(0)} MB/s, envelope and fields included, of ${referenceMessages().length} messages`,
  );
});
