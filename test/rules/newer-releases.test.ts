import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { factRows, factText, factTexts } from "@postmaster/core/reference/fact-row.ts";
import { checkFiles } from "./check-files.ts";

const cases: unknown = JSON.parse(readFileSync(new URL("newer-releases.json", import.meta.url), "utf8"));

/** What the programs of releases other than Debian's were seen to say. */
suite("what other releases say", () => {
  for (const row of factRows(cases)) {
    const release = factText(row, "release");
    const main = factText(row, "main") ?? "";
    const says = factTexts(row, "says");
    test(`${String(release)}: ${JSON.stringify(main)}`, () => {
      const found = checkFiles({ "main.cf": main }, release);
      assert.deepEqual(found.flatMap(({ postfix }) => postfix ?? []).toSorted(), says.toSorted());
    });
  }
});
