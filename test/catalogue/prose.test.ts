import assert from "node:assert/strict";
import test from "node:test";
import { placesOf } from "@postmaster/core/catalogue/fill.ts";
import { wholeEntries as entries } from "@postmaster/core/catalogue/whole-entries.ts";
import { parameterByName } from "@postmaster/core/reference/parameter.ts";
import { restrictionByName } from "@postmaster/core/reference/restriction.ts";
import { sectionTexts } from "./entry-reader.ts";

/** Names that begin so are Postfix' wherever they stand; other programs' settings stand in entries about these programs. */
const NAMES_OF_POSTFIX = /^(?:smtpd?|lmtp|postscreen|virtual|local|relay|milter|smtputf8|postfix|my)_/;

for (const entry of entries) {
  const { meaning, causes, remedies } = entry.sections;
  const prose = [entry.title, meaning, causes, remedies, ...entry.fixes.flatMap(({ title, cost }) => [title, cost])];

  test(`${entry.id}: reads like the other entries`, () => {
    assert.ok(entry.title.length >= 15 && entry.title.length <= 70, `title of ${entry.title.length} characters`);
    assert.doesNotMatch(entry.title, /[.:]$/);
    assert.ok(meaning.length >= 120 && meaning.length <= 900, `meaning of ${meaning.length} characters`);
    assert.doesNotMatch(meaning, /^[-\d#]/, "the meaning is prose");
    assert.ok(causes.split(/^- /m).length >= 3, "at least two likely causes, as a list");
    assert.match(remedies, /^1\. /, "remedies are numbered, the first one first");
    for (const text of prose) {
      assert.doesNotMatch(text, /!/, "no exclamation marks");
      assert.doesNotMatch(text, /\b(?:please|simply|just|obviously)\b/i);
      assert.doesNotMatch(text, /<[a-z]+[ >]|\]\(/i, "no HTML and no links but under See also");
      assert.equal(text.split("`").length % 2, 1, `code marks in pairs: ${text}`);
    }
  });

  test(`${entry.id}: whoever pays for a remedy is told so`, () => {
    for (const fix of entry.fixes) {
      assert.ok(fix.title.length <= 110, fix.title);
      if (fix.atLeast !== "safe") assert.ok(fix.cost.length >= 30, `${fix.id} costs nothing?`);
    }
    if (entry.fixes.some(({ atLeast }) => atLeast === "risky")) assert.match(remedies, /Cost:|Not advised/);
  });

  test(`${entry.id}: links are safe addresses, two links are two places`, () => {
    assert.ok(entry.links.length > 0, "no link");
    for (const { title, url } of entry.links) {
      assert.ok(title.length > 5, title);
      assert.equal(new URL(url).protocol, "https:");
      assert.doesNotMatch(url, /[\s()<>\\`]/);
    }
    assert.equal(new Set(entry.links.map(({ url }) => url)).size, entry.links.length);
  });

  test(`${entry.id}: the parameters and restrictions it names exist`, () => {
    for (const name of entry.parameters) assert.ok(isKnown(name), name);
    const mentioned = [...prose.join("\n").matchAll(/`([a-z0-9]+(?:_[a-z0-9]+)+)`/g)].map(([, name = ""]) => name);
    assert.deepEqual(
      mentioned.filter((name) => !isKnown(name) && (entry.system === "postfix" || NAMES_OF_POSTFIX.test(name))),
      [],
    );
  });
}

test("two entries never share a title", () => {
  assert.equal(new Set(entries.map(({ title }) => title)).size, entries.length);
});

test("places do not stand inside code marks: their values are marked as code when they are filled in", () => {
  for (const entry of entries) {
    for (const text of sectionTexts(entry)) {
      for (const { start } of placesOf(text)) {
        if (text[start - 1] === "(") continue;
        assert.equal(
          text.slice(0, start).split("`").length % 2,
          1,
          `${entry.id}: …${text.slice(start - 20, start + 20)}…`,
        );
      }
    }
  }
});

function isKnown(name: string): boolean {
  return parameterByName(name) !== null || restrictionByName(name) !== null;
}
