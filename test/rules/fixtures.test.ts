import assert from "node:assert/strict";
import path from "node:path";
import { after, suite, test } from "node:test";
import { rules } from "@postmaster/core/rules/rules.ts";
import { indexLines } from "@postmaster/core/text/line-index.ts";
import { checkFiles, checkFilesWithPatterns, editsOf, fixAll } from "./check-files.ts";
import { startEngine } from "./engine.ts";
import { type Fixture, filesOf, fixtures, type Marker, markersOf } from "./fixtures.ts";

const DIRECTORY = "/etc/postfix";
const all = fixtures();
const engine = startEngine();
after(() => engine.close());

/** What the rules find, in the way of the markers: of a finding over several lines the part on the first. */
async function foundIn(fixture: Fixture): Promise<readonly Marker[]> {
  const found = await checkFilesWithPatterns(filesOf(fixture, DIRECTORY), engine, fixture);
  return found.map(({ ruleId, file, span, postfix }) => {
    const index = indexLines(file.text);
    const { line, character: start } = index.positionAt(span.start);
    const end = Math.min(span.end, index.lineEnd(line)) - index.lineStart(line);
    return { file: path.basename(file.path), line, start, end: Math.max(end, start + 1), ruleId, postfix };
  });
}

suite("fixtures of the rules", () => {
  for (const fixture of all) {
    test(`${fixture.name}: each marker is a finding and each finding has its marker`, async () => {
      assert.deepEqual((await foundIn(fixture)).toSorted(byPlace), markersOf(fixture).toSorted(byPlace));
    });

    test(`${fixture.name}: after all fixes nothing fixable is left`, () => {
      const fixed = checkFiles(fixAll(filesOf(fixture, DIRECTORY), fixture), fixture);
      assert.deepEqual(
        editsOf(fixed).map(({ title }) => title),
        [],
      );
    });
  }

  for (const { id } of rules) {
    test(`${id} has a bad fixture and a good one`, () => {
      const own = all.filter(({ ruleId }) => ruleId === id);
      const isBad = (fixture: Fixture): boolean => markersOf(fixture).some(({ ruleId }) => ruleId === id);
      assert.ok(own.some(isBad), "a bad one");
      assert.ok(
        own.some((fixture) => !isBad(fixture)),
        "a good one",
      );
    });
  }
});

function byPlace(a: Marker, b: Marker): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.start - b.start || a.end - b.end || (a.ruleId < b.ruleId ? -1 : 1);
}
