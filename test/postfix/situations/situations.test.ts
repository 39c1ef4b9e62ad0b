import assert from "node:assert/strict";
import process from "node:process";
import test, { after, before } from "node:test";
import { proofObstacle, proofVersions } from "../../proof/lib/run-proof.ts";
import { figures } from "./lib/figures.ts";
import { gapsIn } from "./lib/judge.ts";
import { playAll, type Run } from "./lib/play-all.ts";
import { readSituations, situationsIn } from "./lib/situation.ts";

const AT_LEAST = 300;

const all = await readSituations();
const obstacle = proofObstacle();
const situations = obstacle === null ? situationsIn((await proofVersions()).postfix, all) : all;
let run: Run = { verdicts: [], between: [] };

before(async () => {
  if (obstacle === null) run = await playAll(situations);
  else assert.fail(obstacle);
});

for (const { id, about } of situations) {
  test(`${id}: ${about}`, () => {
    const [verdict] = run.verdicts.filter(({ situation }) => situation.id === id);
    assert.deepEqual(verdict?.problems, []);
  });
}

test("what is written between situations is understood too", () => assert.deepEqual(gapsIn(run.between), []));

test(`there are at least ${AT_LEAST} situations`, () => assert.ok(situations.length >= AT_LEAST));

after(() => {
  const lines = [...run.verdicts.flatMap((verdict) => verdict.lines), ...run.between];
  process.stdout.write(`${figures(run.verdicts.length, lines)}\n`);
});
