import assert from "node:assert/strict";
import test from "node:test";
import { wholeEntries as entries } from "@postmaster/core/catalogue/whole-entries.ts";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import type { MessageRecord } from "@postmaster/core/log/message-data.ts";
import { SYSTEMS, type System } from "@postmaster/core/log/systems.ts";
import { referenceMessages } from "../core/log/reference-messages.ts";
import { synthesize } from "../core/log/synthesize.ts";

/** An entry that explains more than this many messages explains none of them well. */
const MOST_MESSAGES = 20;
/** What no server writes into its log: programs that test Postfix's own libraries, and systems without setsid(2), which left use before Postfix 2. */
const NEVER_LOGGED = (
  "dns/invalid-query-type dns/rcode dns/usage-npv-f-filter-types-name dns/usage-types-name dns/usage-v-f-filter-types-name " +
  "util/dictionary-has-changed util/unknown-access-mode util/usage-type-file-read-write-create-flags util/ioctl-tiocnotty util/open-dev-tty"
).split(" ");

const named = new Set(entries.flatMap((entry) => [...entry.messages]));
const panics = entries.find(({ level }) => level === "panic");
/** These say of any number of messages that nothing but the program itself is to blame. */
const FAULTS_OF_PROGRAMS: readonly string[] = ["internal-fault", "dovecot-internal-fault"];

const engine = createCatalogueEngine();
const records: readonly MessageRecord[] = referenceMessages();
const problemsOf = (system: System): readonly MessageRecord[] =>
  records.filter(
    ({ levels, verbose, system: own = "postfix" }) =>
      own === system && verbose !== true && levels.some((level) => level !== "info"),
  );

test("every warning, error, fatal and panic of Postfix that is not for debugging has an entry", (t) => {
  const problems = problemsOf("postfix");
  const unexplained = problems.filter(
    (message) =>
      !named.has(message.id) &&
      !(panics !== undefined && message.levels.every((level) => level === "panic")) &&
      !isExplained(message),
  );
  t.diagnostic(`${problems.length - unexplained.length} of ${problems.length} problem messages have an entry`);
  assert.deepEqual(unexplained.map(({ id }) => id).toSorted(), NEVER_LOGGED.toSorted());
});

/** What texts stand for in a message that an entry has in its own words: what it is about at its end. */
const TEXTS: readonly (readonly string[])[] = [
  ["example.com", "example.com", "example.com"],
  ["4Zx1Qk0Y1Mz3kT", "virtual_alias_maps", "bob@example.com"],
];

/** By the own wording of an entry, which need not name the message. */
function isExplained({ text, levels, programs }: MessageRecord): boolean {
  const pieces = synthesize(text).split("some text");
  const head = `Nov 22 10:00:00 mail postfix/${programs[0] ?? "postfix"}[12]: ${levels[0] ?? "warning"}: `;
  return TEXTS.some((texts) => {
    const filled = pieces.map((piece, index) => piece + (texts.slice(1 - pieces.length)[index] ?? "")).join("");
    return engine.entryOf(head + filled) !== null;
  });
}

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
