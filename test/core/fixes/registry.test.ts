import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import test from "node:test";
import { purposes } from "@postmaster/core/fixes/purpose-registry.ts";

test("the registry holds every file of purposes/, under its name", async () => {
  const files = await readdir(new URL("../../../core/fixes/purposes/", import.meta.url));
  assert.deepEqual([...purposes.keys()].sort(), files.map((file) => file.replace(/\.ts$/, "")).sort());
});
