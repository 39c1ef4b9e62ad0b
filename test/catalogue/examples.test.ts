import assert from "node:assert/strict";
import test from "node:test";
import { isFillable, placesOf } from "@postmaster/core/catalogue/fill.ts";
import { wholeEntries as entries } from "@postmaster/core/catalogue/whole-entries.ts";
import { readEnvelope } from "@postmaster/core/log/envelope.ts";
import { createMachine, createMatcher } from "@postmaster/core/log/matcher.ts";
import { matcherTables } from "@postmaster/core/log/matching/matcher-tables.ts";
import { encodeUtf8 } from "@postmaster/core/log/utf8.ts";
import {
  engine,
  linesOf,
  literalLength,
  sectionTexts,
  shownValue,
  templateEngine,
  templatesOf,
} from "./entry-reader.ts";
import { messageTexts } from "./message-texts.ts";

/** An entry with so many more literal bytes in its template says more about the line than another: no luck needed. */
const CLEARLY_MORE = 8;
const examples = entries.flatMap((entry) => linesOf(entry).map((line) => ({ entry, line })));

for (const entry of entries) {
  test(`${entry.id}: its examples are recognised, what looks alike is not`, () => {
    for (const line of linesOf(entry)) assert.equal(engine.readText(line).entry?.templateId, entry.id, line);
    for (const line of entry.examples.noMatch) assert.notEqual(engine.readText(line).entry?.templateId, entry.id, line);
  });

  test(`${entry.id}: every place in its text can be filled from every example, or has words of its own`, () => {
    const texts = [...sectionTexts(entry), ...entry.fixes.flatMap(({ title, cost }) => [title, cost])];
    for (const line of linesOf(entry)) {
      const { entry: match } = engine.readText(line);
      for (const text of texts) {
        const gaps = placesOf(text).filter(
          ({ field, fallback }) => fallback === null && shownValue(match, field) === null,
        );
        assert.deepEqual(
          gaps.map(({ field }) => field),
          [],
          `${text.slice(0, 80)}… for ${line}`,
        );
        assert.ok(isFillable(text, (field) => shownValue(match, field)));
      }
    }
  });
}

test("every template of the catalogue is shown by an example", () => {
  const shown = new Set(examples.map(({ line }) => templateEngine.readText(line).entry?.templateId));
  const unseen = entries.flatMap(({ id, match, otherwise }) =>
    [...match, ...otherwise].map((_, index) => `${id}#${index}`).filter((name) => !shown.has(name)),
  );
  assert.deepEqual(unseen, []);
});

test("no two entries explain one line with the same right: which of them won would be a matter of luck", () => {
  const matchers = entries.map((entry) => ({
    entry,
    matcher: createMatcher(createMachine(() => matcherTables(templatesOf(entry), new Set()))),
  }));
  for (const { entry, line } of examples) {
    const bytes = encodeUtf8(line);
    const { text, message, programSpan, system, daemon } = readEnvelope(bytes, 0, bytes.length);
    const writer = { tagged: programSpan !== null, system, daemon };
    const explaining = matchers.flatMap(({ entry: { id, match }, matcher }) => {
      const row = matcher.rowOf(writer);
      const template = match[matcher.find(text ?? bytes, message.start, message.end, row, "entry").entry];
      return template === undefined ? [] : [{ id, weight: literalLength(template) }];
    });
    const isLeftOver = explaining.length === 0 && entry.messages.length + entry.otherwise.length > 0;
    const heaviest = Math.max(0, ...explaining.map(({ weight }) => weight));
    const best = explaining.filter(({ weight }) => weight > heaviest - CLEARLY_MORE);
    assert.deepEqual(isLeftOver ? [entry.id] : best.map(({ id }) => id), [entry.id], line);
  }
});

test("a message is explained by one entry, and exists", () => {
  const named = entries.flatMap((entry) => [...entry.messages]);
  assert.deepEqual(
    named.filter((id, index) => named.indexOf(id) !== index),
    [],
  );
  for (const entry of entries) assert.equal(messageTexts(entry).length, entry.messages.length);
});

test("examples name nobody: documentation addresses and domains only", () => {
  const lines = entries.flatMap(({ examples: { match, noMatch } }) => [...match, ...noMatch]);
  for (const line of lines) {
    for (const [address = ""] of line.matchAll(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g)) {
      assert.match(address, /^(?:192\.0\.2|198\.51\.100|203\.0\.113|127\.\d+\.\d+)\./, line);
    }
    for (const [, domain = ""] of line.matchAll(/@([a-z0-9.-]+)/gi)) {
      assert.match(domain, /(?:^|\.)(?:example|example\.(?:com|org|net))$/, line);
    }
  }
});
