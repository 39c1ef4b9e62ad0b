import assert from "node:assert/strict";
import test from "node:test";
import { beyondName } from "./content-words.ts";
import { allDescriptions } from "./descriptions.ts";

const descriptions = allDescriptions();

test("everything in the reference is described", () => {
  assert.ok(descriptions.length > 1300, `only ${descriptions.length} descriptions`);
  const short = descriptions.filter(({ text }) => text.length < 40).map(({ subject, text }) => `${subject}: "${text}"`);
  assert.deepEqual(short, []);
});

test("a description says more than the name does", () => {
  const thin = descriptions
    .map(({ subject, name, text }) => ({ subject, text, ...beyondName(name, text) }))
    .filter(({ words, share }) => words < 5 || share < 0.6)
    .map(({ subject, words, share, text }) => `${subject}: ${words} words, ${share.toFixed(2)}: ${text}`);
  assert.deepEqual(thin, []);
});

test("the measure tells a paraphrase from a description", () => {
  const paraphrase = beyondName("smtpd_error_sleep_time", "Specifies the smtpd error sleep time.");
  assert.deepEqual(paraphrase, { words: 0, share: 0 });
  const description = beyondName(
    "smtpd_error_sleep_time",
    "A client that made a mistake waits this long for its answer, which slows down password guessing.",
  );
  assert.ok(description.words >= 5 && description.share >= 0.6);
});

test("no two things are described with the same words", () => {
  const subjectOf = new Map<string, string>();
  const twins: string[] = [];
  for (const { subject, text } of descriptions) {
    const twin = subjectOf.get(text);
    if (twin !== undefined) twins.push(`${twin} and ${subject}`);
    subjectOf.set(text, subject);
  }
  assert.deepEqual(twins, []);
});

test("descriptions are prose: no tabs, no line breaks inside a paragraph, code marked as code", () => {
  const rough = descriptions
    .filter(({ text }) => text.includes("\t") || text.includes("!") || /(?<!\n)\n(?!\n|- |```)/.test(text))
    .filter(({ text }) => !/`[^`]*![^`]*`/.test(text));
  assert.deepEqual(
    rough.map(({ subject }) => subject),
    [],
  );
  const unbalanced = descriptions.filter(({ text }) => text.split("`").length % 2 === 0);
  assert.deepEqual(
    unbalanced.map(({ subject }) => subject),
    [],
  );
});
