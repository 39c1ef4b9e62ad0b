import assert from "node:assert/strict";
import { test } from "node:test";
import { createKeyChoice } from "@postmaster/core/log/matching/key-choice.ts";
import { parseTemplate } from "@postmaster/core/log/template.ts";

const ORDINARY = ["connect from {client}", "{queue_id}: client={client}", "sieve: msgid={id:text}: stored mail"];
const PROBLEMS = [
  "unable to look up {name}",
  "{name}: file too large",
  "sieve: msgid={id:text}: rejected message from <{sender}>",
  "{client}: client= looks wrong to {name}",
  "{path}: {reason}",
];

const choose = createKeyChoice([
  ...ORDINARY.map((text) => ({ segments: parseTemplate(text), isOrdinary: true })),
  ...PROBLEMS.map((text) => ({ segments: parseTemplate(text), isOrdinary: false })),
]);

function key(template: string): readonly [string, string] | null {
  const found = choose(parseTemplate(template));
  return found === null ? null : [found.place, found.text];
}

test("the key of a template is what it begins with", () => {
  assert.deepEqual(key("unable to look up {name}"), ["start", "unable to look up "]);
  assert.deepEqual(key("connect from {client}"), ["start", "connect from "]);
});

test("else what it ends with, or a literal in its midst", () => {
  assert.deepEqual(key("{name}: file too large"), ["end", ": file too large"]);
  assert.deepEqual(key("{client}: broken pipe to {name}"), ["anywhere", ": broken pipe to "]);
});

test("it is nothing that lines of ordinary messages hold, if there is anything else", () => {
  assert.deepEqual(key("sieve: msgid={id:text}: rejected message from <{sender}>"), [
    "anywhere",
    ": rejected message from <",
  ]);
  assert.deepEqual(key("{queue_id}: client={client}"), ["anywhere", ": client="]);
});

test("what has only short literals has none", () => {
  assert.equal(key("{path}: {reason}"), null);
});
