import assert from "node:assert/strict";
import test from "node:test";
import { entries } from "@postmaster/core/catalogue/catalogue.ts";
import { isFillable, placesOf } from "@postmaster/core/catalogue/fill.ts";
import { engine, engineOf, sectionTexts, shownValue, templateEngine } from "./entry-reader.ts";
import { messageTexts } from "./message-texts.ts";

const examples = entries.flatMap((entry) => entry.examples.match.map((line) => ({ entry, line })));

for (const entry of entries) {
  test(`${entry.id}: its examples are recognised, what looks alike is not`, () => {
    for (const line of entry.examples.match) assert.equal(engine.readText(line).entry?.templateId, entry.id, line);
    for (const line of entry.examples.noMatch) assert.notEqual(engine.readText(line).entry?.templateId, entry.id, line);
  });

  test(`${entry.id}: every place in its text can be filled from every example, or has words of its own`, () => {
    const texts = [...sectionTexts(entry), ...entry.fixes.flatMap(({ title, cost }) => [title, cost])];
    for (const line of entry.examples.match) {
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
  const unseen = entries.flatMap(({ id, match }) =>
    match.map((_, index) => `${id}#${index}`).filter((name) => !shown.has(name)),
  );
  assert.deepEqual(unseen, []);
});

test("no two entries explain one line: which of them won would be a matter of luck", () => {
  const engines = entries.map((entry) => ({ id: entry.id, engine: engineOf(entry) }));
  for (const { entry, line } of examples) {
    const explaining = engines.filter((alone) => alone.engine.entryOf(line) !== null).map(({ id }) => id);
    const byMessage = explaining.length === 0 && entry.messages.length > 0;
    assert.deepEqual(byMessage ? [entry.id] : explaining, [entry.id], line);
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
