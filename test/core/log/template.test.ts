import assert from "node:assert/strict";
import { test } from "node:test";
import { parseTemplate, TemplateError } from "@postmaster/core/log/template.ts";

/** `literal`, then `<name type rule>` for a field. */
function shape(template: string): readonly string[] {
  return parseTemplate(template).map((segment) =>
    segment.kind === "literal" ? segment.text : `<${segment.name} ${segment.type} ${segment.rule}>`,
  );
}

test("a field's type is given, or its name says it, or it is text", () => {
  assert.deepEqual(shape("{queue_id}: size={size}, {n:int} {what}"), [
    "<queue_id queue_id closed>",
    ": size=",
    "<size int closed>",
    ", ",
    "<n int closed>",
    " ",
    "<what text text>",
  ]);
});

test("an address is closed within angle brackets only", () => {
  assert.deepEqual(shape("<{sender}> for {recipient}"), [
    "<",
    "<sender address closed>",
    "> for ",
    "<recipient address text>",
  ]);
  assert.deepEqual(shape("<{helo}> {a:helo}"), ["<", "<helo helo closed>", "> ", "<a helo word>"]);
});

test("a doubled brace is a brace, and a closing one stands for itself", () => {
  assert.deepEqual(shape("inline:{{name=..}} {name}"), ["inline:{name=..}} ", "<name word word>"]);
});

test("the envelope tail may follow text", () => {
  assert.deepEqual(shape("{reason}{envelope}"), ["<reason text text>", "<envelope envelope closed>"]);
});

const MISTAKES: Readonly<Record<string, readonly [template: string, position: number]>> = {
  "no closing brace": ["a {b", 2],
  "no name": ["a {}", 2],
  "a name with a blank": ["a {b c}", 2],
  "an upper-case name": ["{Queue}", 0],
  "no such type": ["a {b:c}", 2],
  "the same name twice": ["{a} {a}", 4],
  "an open field right before another": ["{a}{b}", 3],
  "something after the rest": ["{a:rest} b", 10],
  empty: ["", 0],
};
for (const [name, [template, position]] of Object.entries(MISTAKES)) {
  test(`not the notation: ${name}`, () => {
    assert.throws(
      () => parseTemplate(template),
      (error) => error instanceof TemplateError && error.position === position,
    );
  });
}
