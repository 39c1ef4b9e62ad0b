import assert from "node:assert/strict";
import test from "node:test";
import { fillReplacement, parseReplacement } from "@postmaster/core/model/lookup/expand-replacement.ts";

function filled(text: string, ...groups: readonly (string | null)[]): string | null {
  const replacement = parseReplacement(text);
  if (replacement.kind === "bad") return "bad";
  return replacement.kind === "text" ? replacement.text : fillReplacement(replacement.parts, groups);
}

test("the groups of a match stand for their numbers, in each of the three forms", () => {
  assert.equal(filled("REJECT $1, ${2} and $(1)", "a", "b"), "REJECT a, b and a");
  assert.equal(filled("cost $$5 for $1", "a"), "cost $5 for a");
  assert.equal(filled("<$1>", null), "<>", "a group that took no part");
});

test("a number without its group, and any other $, make the rule one that Postfix does not take", () => {
  assert.equal(filled("$2", "a"), null);
  for (const text of ["$0", "$x", "$1x", "${1", "$"]) assert.equal(filled(text, "a"), "bad", text);
});
