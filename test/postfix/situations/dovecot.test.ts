import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runProgram } from "../../proof/lib/run-program.ts";
import { expectedIn, readDovecotSituations } from "./lib/dovecot-situation.ts";
import { entriesIn, gapsIn, judgeLine } from "./lib/judge.ts";
import { playDovecot } from "./lib/play-dovecot.ts";

const version = (await runProgram("dovecot", ["--version"])).trim();
const release = version.startsWith("2.4") ? "2.4" : "2.3";
const all = await readDovecotSituations();

/** Most of a situation is waiting. */
const AT_A_TIME = 3;

describe(`a real Dovecot ${version}`, { concurrency: AT_A_TIME }, () => {
  for (const situation of all.filter((one) => one[release] !== undefined)) {
    const expected = expectedIn(version, situation);
    test(`${situation.id}: ${situation.about}`, async () => {
      const lines = await playDovecot(situation, release, (texts) => {
        const found = entriesIn(texts.map(judgeLine));
        return expected.every((id) => found.has(id));
      });
      const judged = lines.map(judgeLine);
      assert.deepEqual(gapsIn(judged), []);
      assert.deepEqual([...entriesIn(judged)].toSorted(), expected.toSorted(), lines.join("\n"));
    });
    const { mended } = situation;
    if (mended === undefined) continue;
    test(`${situation.id}, mended as its entries advise`, async () => {
      const lines = await playDovecot({ ...situation, ...mended }, release, (texts) =>
        texts.some((text) => text.includes(mended.until)),
      );
      assert.deepEqual([...entriesIn(lines.map(judgeLine))], [], lines.join("\n"));
    });
  }
});

test("every situation of 2.3 is one of 2.4 too, or says why not", () => {
  const silent = all.filter((one) => one["2.4"] === undefined && one.gone === undefined);
  assert.deepEqual(
    silent.map(({ id }) => id),
    [],
  );
});
