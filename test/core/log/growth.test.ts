import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { describe, test } from "node:test";
import { createLogEngine } from "@postmaster/core/log/log-engine.ts";
import { LONGEST_MESSAGE, type Template } from "@postmaster/core/log/matcher.ts";
import { messageTemplates } from "@postmaster/core/log/message-data.ts";
import { encodeUtf8 } from "@postmaster/core/log/utf8.ts";
import { referenceMessages } from "./reference-messages.ts";

/**
 * What such lines are made of by those who want a log reader to hang: what templates look for, over and over, and never
 * its end.
 */
const REPEATED: Readonly<Record<string, string>> = {
  brackets: "<",
  colons: ":",
  blanks: " ",
  "colons and blanks": ": ",
  quotes: '"',
  "open clients": "a[",
  "words and blanks": "x ",
  "tail starts": "; from=<",
  "quoted tail starts": '; from=<"\\',
  attributes: ", relay=",
  "a queue id": "4Zx1Qk0Y1Mz3kT: ",
  "a beginning": "reject: RCPT from unknown[192.0.2.1]: ",
  "a delivery": "4Zx1Qk0Y1Mz3kT: to=<a>, relay=b, ",
  "a warning": "warning: ",
  "literals of many messages": " map: line of from to with: , '\"(=/)",
  "structured data": '[a="',
  "a container": "a | ",
  digits: "1",
  "json escapes": "\\u0041",
};
const HEADS: Readonly<Record<string, string>> = {
  "a bare line": "",
  smtpd: "Nov 22 10:00:00 mail postfix/smtpd[1]: ",
  "a rejected recipient":
    "Nov 22 10:00:00 mail postfix/smtpd[1]: NOQUEUE: reject: RCPT from unknown[192.0.2.1]: 450 4.7.1 <",
  Dovecot: "Nov 22 10:00:00 mail dovecot: imap(",
  "RFC 5424": "1 - - - - - ",
  JSON: '{"MESSAGE":"',
};

const entries: readonly Template[] = [
  {
    id: "a",
    layer: "entry",
    text: "{queue_id}: {verb}: {stage} from {client}: {code} {dsn} <{helo}>: Helo command rejected: Host not found{envelope}",
  },
  { id: "b", layer: "entry", text: "{text}: {more}: {reason}{envelope}" },
];
const engine = createLogEngine([...messageTemplates(referenceMessages()), ...entries]);

/** The best of several runs, in ms: everything else the machine does only makes a run longer. */
function cost(line: Uint8Array, runs: number): number {
  let best = Infinity;
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    engine.readLine(line, 0, line.length);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** A line of `length` bytes: `head` and then `piece` until it is full. */
function lineOf(head: string, piece: string, length: number): Uint8Array {
  return encodeUtf8((head + piece.repeat(Math.ceil(length / piece.length))).slice(0, length));
}

describe("doubling a hostile line at most doubles the time", () => {
  const short = LONGEST_MESSAGE / 8;
  for (const [headName, head] of Object.entries(HEADS)) {
    test(headName, () => {
      for (const [name, piece] of Object.entries(REPEATED)) {
        const small = lineOf(head, piece, short);
        const large = lineOf(head, piece, short * 8);
        let ratio = Infinity;
        // Three doublings: a factor of 8 where the time is linear, of 64 where it is quadratic. 24 leaves room for
        // noise, as does another try.
        for (let attempt = 0; attempt < 4 && ratio > 24; attempt += 1)
          ratio = cost(large, 7) / Math.max(cost(small, 15), 0.01);
        assert.ok(ratio <= 24, `${name}: three doublings took ${ratio.toFixed(1)} times as long`);
      }
    });
  }
});

test("lines of a megabyte take a moment", () => {
  for (const [headName, head] of Object.entries(HEADS)) {
    for (const [name, piece] of Object.entries(REPEATED)) {
      const taken = cost(lineOf(head, piece, 1_000_000), 1);
      assert.ok(taken < 2000, `${headName}, ${name}: ${taken.toFixed(0)} ms`);
    }
  }
});
