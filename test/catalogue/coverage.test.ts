import assert from "node:assert/strict";
import test from "node:test";
import { wholeEntries as entries } from "@postmaster/core/catalogue/whole-entries.ts";
import type { MessageRecord } from "@postmaster/core/log/message-data.ts";
import { SYSTEMS, type System } from "@postmaster/core/log/systems.ts";
import { referenceMessages } from "../core/log/reference-messages.ts";

/** An entry that explains more than this many messages explains none of them well. */
const MOST_MESSAGES = 20;
/** The share of problem messages with an entry; it may only rise. */
const LEAST_SHARE = 0.99;

const named = new Set(entries.flatMap((entry) => [...entry.messages]));
const panics = entries.find(({ level }) => level === "panic");
/** These say of any number of messages that nothing but the program itself is to blame. */
const FAULTS_OF_PROGRAMS: readonly string[] = ["internal-fault", "dovecot-internal-fault"];

const records: readonly MessageRecord[] = referenceMessages();
const problemsOf = (system: System): readonly MessageRecord[] =>
  records.filter(
    ({ levels, verbose, system: own = "postfix" }) =>
      own === system && verbose !== true && levels.some((level) => level !== "info"),
  );

test("every warning, error, fatal and panic of Postfix that is not for debugging has an entry", (t) => {
  const problems = problemsOf("postfix");
  const unexplained = problems.filter(
    ({ id, levels }) => !named.has(id) && !(panics !== undefined && levels.every((level) => level === "panic")),
  );
  t.diagnostic(`${problems.length - unexplained.length} of ${problems.length} problem messages have an entry`);
  for (const { id } of unexplained) t.diagnostic(`no entry: ${id}`);
  assert.ok(unexplained.length <= problems.length * (1 - LEAST_SHARE), `${unexplained.length} have none`);
});

test("the problems of the neighbours that an administrator meets have entries", (t) => {
  for (const system of SYSTEMS) {
    if (system === "postfix") continue;
    const problems = problemsOf(system);
    const explained = problems.filter(({ id }) => named.has(id));
    const count = entries.filter((entry) => entry.system === system).length;
    t.diagnostic(
      `${system}: ${count} entries; ${explained.length} of ${problems.length} problem messages named by one`,
    );
    assert.ok(count > 0, system);
  }
});

test("no entry but those on internal faults explains more than a family of messages", (t) => {
  const sizes = entries
    .filter(({ id }) => !FAULTS_OF_PROGRAMS.includes(id))
    .map(({ id, messages: ids }) => ({ id, size: ids.length }));
  const byBand = [0, 1, 5, 10, 15].map((from, index, bands) => {
    const to = bands[index + 1] ?? MOST_MESSAGES + 1;
    return `${from}-${to - 1}: ${sizes.filter(({ size }) => size >= from && size < to).length}`;
  });
  t.diagnostic(`${sizes.length} entries by the number of messages they name: ${byBand.join(", ")}`);
  const tooWide = sizes.filter(({ size }) => size > MOST_MESSAGES);
  assert.deepEqual(tooWide, []);
});
