import assert from "node:assert/strict";
import { test } from "node:test";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { logDiagnostics } from "@postmaster/core/features/log-diagnostics.ts";
import { openLog } from "@postmaster/core/features/open-log.ts";
import { createLogDocument } from "@postmaster/core/log/log-document.ts";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import { pseudoRandom } from "../log/pseudo-random.ts";

const engine = createCatalogueEngine();
const HEAD = "Nov 22 10:00:02 mx1 postfix/smtpd[210]: ";
const FINE = `${HEAD}connect from mail.example.org[192.0.2.1]`;
const HELO = `${HEAD}NOQUEUE: reject: RCPT from pc[192.0.2.7]: 504 5.5.2 <PC7>: Helo command rejected: need fully-qualified hostname; from=<a@example.org> to=<b@example.com> proto=ESMTP helo=<PC7>`;
const GREYLISTED = `${HEAD}NOQUEUE: reject: RCPT from s.example[192.0.2.9]: 451 4.7.1 <b@example.com>: Recipient address rejected: Intentional policy rejection, please try again later; from=<a@s.example> to=<b@example.com> proto=ESMTP helo=<s.example>`;
const REFUSED = "Nov 22 10:00:04 mx1 postfix/smtp[211]: connect to 127.0.0.1[127.0.0.1]:10024: Connection refused";
const LOOKUP = `${HEAD}warning: lmdb:/etc/postfix/virtual lookup error for "u@example.com"`;
const FAILED = `${HEAD}NOQUEUE: reject: RCPT from a.example[192.0.2.1]: 451 4.3.0 <u@example.com>: Temporary lookup failure; from=<s@a.example> to=<u@example.com> proto=ESMTP helo=<a.example>`;
const LIMITS = { maxPerEntry: 5, maxProblems: 12, showBenign: false };

/** An engine that counts the lines it was made to understand. */
function counting(): LogEngine & { readonly reads: () => number } {
  let reads = 0;
  return {
    ...engine,
    readText(line) {
      reads += 1;
      return engine.readText(line);
    },
    reads: () => reads,
  };
}

test("after any changes the list is as one made anew", () => {
  const pick = pseudoRandom(17);
  const some = (count: number): string =>
    Array.from({ length: count }, () => [FINE, HELO, GREYLISTED, REFUSED, LOOKUP, FAILED][pick(6)] ?? "").join("\n");
  const log = openLog(createLogDocument(engine, some(30)));
  for (let round = 0; round < 500; round += 1) {
    const start = pick(3) === 0 ? log.lineCount - 1 : pick(log.lineCount);
    const end = Math.min(log.lineCount - 1, start + pick(4));
    log.change(start, 0, end, pick(2) * 900, some(pick(6)));
    const limits = { ...LIMITS, showBenign: round % 100 > 50, maxProblems: round % 7 === 0 ? 3 : 12 };
    const { problems } = log.list.of(limits);
    assert.deepEqual(
      problems,
      logDiagnostics(log, limits, (line) => log.causes.of(line)),
      `round ${round}`,
    );
    if (log.lineCount > 60) log.change(10, 0, log.lineCount, 0, "");
  }
});

test("a line behind those listed makes no line be read again, and leaves the same objects", () => {
  const counter = counting();
  const log = openLog(createLogDocument(counter, `${HELO}\n${FINE}\n`.repeat(1000)));
  const first = log.list.of(LIMITS);
  const before = counter.reads();

  log.change(2000, 0, 2000, 0, `${FINE}\n`);
  assert.equal(log.list.of(LIMITS), first, "nothing is listed, nothing is another");

  log.change(2001, 0, 2001, 0, `${HELO}\n`);
  const counted = log.list.of(LIMITS);
  assert.match(counted.problems.at(-1)?.message ?? "", /996 more of this kind/);
  assert.equal(counted.listed, first.listed, "only a number is another");
  assert.deepEqual(
    counted.problems.map((problem, index) => problem === first.problems[index]),
    [true, true, true, true, false],
  );

  log.change(2002, 0, 2002, 0, `${REFUSED}\n`);
  const listed = log.list.of(LIMITS);
  assert.equal(listed.problems.length, 6);
  assert.notEqual(listed.listed, first.listed);
  assert.equal(counter.reads() - before, 1, "the line that came to be listed");
});

test("what is prepared is not worked out again", () => {
  const counter = counting();
  const log = openLog(createLogDocument(counter, `${HELO}\n`.repeat(100)));
  const steps = log.list.preparing(LIMITS);
  let pauses = 0;
  while (steps.next().done !== true) pauses += 1;
  assert.equal(pauses, 5);
  const before = counter.reads();
  assert.equal(log.list.of(LIMITS).problems.length, 5);
  assert.equal(counter.reads(), before);
});
