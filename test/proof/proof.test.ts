import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test, { before } from "node:test";
import type { CaseResult } from "./lib/case-result.ts";
import { readCases } from "./lib/proof-case.ts";
import { failuresOf } from "./lib/proof-page.ts";
import { proofObstacle, runProof } from "./lib/run-proof.ts";

const cases = await readCases();
let results: readonly CaseResult[] = [];

before(async () => {
  const obstacle = proofObstacle();
  if (obstacle === null) results = await runProof([]);
  else assert.fail(obstacle);
});

for (const { id } of cases) {
  test(`${id} is reproduced, explained and, where it has a fix, gone`, () => {
    const played = results.filter(({ proofCase }) => proofCase.id === id);
    assert.equal(played.length, 1);
    assert.deepEqual(failuresOf(played), []);
  });
}

test("docs/proof.md knows every case", async () => {
  const page = await readFile(new URL("../../docs/proof.md", import.meta.url), "utf8");
  assert.deepEqual(
    cases.filter(({ id }) => !page.includes(`| \`${id}\` |`)).map(({ id }) => id),
    [],
  );
});
