import assert from "node:assert/strict";
import { test } from "node:test";
import { createManualChoices } from "@postmaster/client/language/manual-choices.ts";

test("choices are kept for the workspace, the oldest forgotten first", async () => {
  const stored = new Map<string, unknown>();
  const choices = createManualChoices({
    get: (key) => stored.get(key),
    update: async (key, value) => {
      stored.set(key, value);
    },
  });
  for (let i = 0; i < 201; i += 1) await choices.add(`file:///${i}`);
  await choices.remove("file:///200");
  assert.deepEqual(
    [choices.has("file:///0"), choices.has("file:///1"), choices.has("file:///200")],
    [false, true, false],
  );
});
