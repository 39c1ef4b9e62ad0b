import assert from "node:assert/strict";
import { test } from "node:test";
import { expand } from "@postmaster/core/syntax/value/expand.ts";
import { expandAgain } from "@postmaster/core/syntax/value/expand-again.ts";
import { random } from "./random.ts";

const TEXTS = ["$a", "${b}.$c", "${a?{$b}:{$c}}", "$d $$a", "${{$a} == {$b} ? {$c} : {$d}}", "plain", "${"] as const;
const RAWS = [null, "", "x", "y", "$b", "${c}z", "$d", "${a:none}"] as const;
const NAMES = ["a", "b", "c", "d"] as const;

test("whatever changes between two expansions of a text, they are what expanding anew gives", () => {
  const numbers = random(7);
  const values = new Map<string, string | null>();
  const lookup = (name: string): string | null => values.get(name) ?? null;
  for (let round = 0; round < 5000; round += 1) {
    values.set(numbers.pick(NAMES), numbers.pick(RAWS));
    const text = numbers.pick(TEXTS);
    assert.deepEqual(expandAgain(text, lookup), expand(text, lookup), `${text} in round ${round}`);
  }
});

test("a text whose names have the values they had is not expanded again", () => {
  const lookup = (name: string): string => (name === "both" ? "$one and $two" : `<${name}>`);
  const before = expandAgain("[$both]", lookup);
  assert.deepEqual(before, { ok: true, text: "[<one> and <two>]", undefinedNames: [] });
  assert.equal(expandAgain("[$both]", lookup), before);
  assert.notEqual(
    expandAgain("[$both]", (name) => (name === "two" ? "2" : lookup(name))),
    before,
  );
});
