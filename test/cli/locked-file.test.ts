import assert from "node:assert/strict";
import { test } from "node:test";
import { createFixList, type LockedOffer } from "@postmaster/server/cli/fix/fix-list.ts";
import { tellFixes } from "@postmaster/server/cli/fix/tell-fixes.ts";

const raise: LockedOffer = {
  kind: "commands",
  locked: "main.cf",
  id: "map-expansion-size/raise",
  title: "Raise the limit: virtual_alias_expansion_limit = 1500, main.cf",
  safety: "safe",
  cost: "",
  after: [{ kind: "reload" }],
  commands: ["postconf -e 'virtual_alias_expansion_limit = 1500'", "postfix reload"],
};

test("a safe fix for a file that may not be written is told once, with its commands", async () => {
  const list = createFixList();
  const again = () => Promise.resolve({ offers: [raise], server: null });
  await list.want([raise], again, null);
  await list.want([raise], again, null);
  await list.want([{ ...raise, safety: "risky" }], again, null);
  const outcomes = list.locked().map((offer) => ({ offer, server: null, problem: "permission denied" }));
  assert.deepEqual(tellFixes(outcomes, list.outdated(), String, null), [
    `Not fixed: main.cf: ${raise.title}: permission denied`,
    "  by hand: postconf -e 'virtual_alias_expansion_limit = 1500'",
    "  by hand: postfix reload",
  ]);
  assert.deepEqual(list.wanted(), []);
});
