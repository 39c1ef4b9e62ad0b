import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runProgram } from "../../proof/lib/run-program.ts";
import { readDovecotSituations } from "./lib/dovecot-situation.ts";
import { entriesIn, gapsIn, judgeLine } from "./lib/judge.ts";
import { playDovecot } from "./lib/play-dovecot.ts";

const release = (await runProgram("dovecot", ["--version"])).startsWith("2.4") ? "2.4" : "2.3";
const all = await readDovecotSituations();

/** Most of a situation is waiting. */
const AT_A_TIME = 3;

describe("a real Dovecot", { concurrency: AT_A_TIME }, () => {
  for (const situation of all.filter((one) => one[release] !== undefined)) {
    test(`${situation.id}: ${situation.about}`, async () => {
      const lines = await playDovecot(situation, release, (texts) => {
        const found = entriesIn(texts.map(judgeLine));
        return situation.expect.every((id) => found.has(id));
      });
      const judged = lines.map(judgeLine);
      assert.deepEqual(gapsIn(judged), []);
      assert.deepEqual([...entriesIn(judged)].toSorted(), situation.expect.toSorted(), lines.join("\n"));
    });
  }
});
