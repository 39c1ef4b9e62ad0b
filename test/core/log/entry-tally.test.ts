import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import type { EntryTally } from "@postmaster/core/log/scanning/entry-tally.ts";

const engine = createCatalogueEngine();
const scanner = engine.createScanner("entry");
const HUNG_UP = engine.scanNames.entries.numbersOf(["client-hung-up"]).get("client-hung-up") ?? -1;

const hungUp = (level = ""): string =>
  `Nov  9 06:00:00 mail postfix/smtpd[1]: ${level}lost connection after AUTH from unknown[192.0.2.1]`;
const DENIED =
  "Nov  9 06:00:00 mail postfix/smtpd[1]: NOQUEUE: reject: RCPT from unknown[192.0.2.1]: 554 5.7.1 <a@example.com>: Relay access denied; from=<b@example.org> to=<a@example.com> proto=ESMTP helo=<c>";
const PLAIN = "Nov  9 06:00:00 mail postfix/smtpd[1]: connect from unknown[192.0.2.1]";

/** @returns the numbers of the lines that were visited */
function visited(tally: EntryTally, lines: readonly string[]): readonly number[] {
  const room = engine.openRoom();
  const text = Buffer.from(`${lines.join("\n")}\n`);
  const bytes = room.bytes(text.length);
  bytes.set(text);
  const numbers: number[] = [];
  const count = scanner.scanLines(bytes, 0, text.length, tally, (_bytes, _start, _end, number) => numbers.push(number));
  assert.equal(count, lines.length);
  room.close();
  return numbers;
}

suite("lines counted by their entry", () => {
  // The first line of a writer is read in full, outside the machine.
  const lines = [PLAIN, hungUp(), PLAIN, DENIED, hungUp()];

  test("all that an entry explains are visited until it is settled, then only counted", () => {
    const tally = engine.openTally([]);
    assert.deepEqual(visited(tally, lines), [1, 3, 4]);
    assert.deepEqual(tally.take(), []);
    tally.settle(HUNG_UP);
    assert.deepEqual(visited(tally, lines), [3]);
    assert.deepEqual(visited(tally, lines), [3]);
    assert.deepEqual(tally.take(), [[HUNG_UP, 4]]);
    assert.deepEqual(tally.take(), [], "they are counted once");
  });

  test("lines of the levels that were named are visited all the same", () => {
    const tally = engine.openTally(["warning"]);
    tally.settle(HUNG_UP);
    assert.deepEqual(visited(tally, [PLAIN, hungUp("warning: "), hungUp()]), [1]);
    assert.deepEqual(tally.take(), [[HUNG_UP, 1]]);
  });

  test("each reader has its own counts, and has seen enough of its own entries", () => {
    const one = engine.openTally([]);
    const other = engine.openTally([]);
    one.settle(HUNG_UP);
    assert.deepEqual(visited(one, lines), [3]);
    assert.deepEqual(visited(other, lines), [1, 3, 4]);
    other.settle(HUNG_UP);
    assert.deepEqual(visited(one, lines), [3]);
    assert.deepEqual(visited(other, lines), [3]);
    assert.deepEqual(one.take(), [[HUNG_UP, 4]]);
    assert.deepEqual(other.take(), [[HUNG_UP, 2]]);
  });
});
