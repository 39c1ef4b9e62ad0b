import assert from "node:assert/strict";
import { after, test } from "node:test";
import { entries } from "@postmaster/core/catalogue/entries.ts";
import { rules } from "@postmaster/core/rules/rules.ts";
import { readCases } from "../proof/lib/proof-case.ts";
import unproven from "../proof/unproven.json" with { type: "json" };
import { checkFilesWithPatterns } from "./check-files.ts";
import { startEngine } from "./engine.ts";
import { filesOf, fixtures } from "./fixtures.ts";

const engine = startEngine();
after(() => engine.close());

const cases = await readCases();

/** The fixes that rules offer for their fixtures, as `<rule>/<fix>`. */
async function fixesOfRules(): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const fixture of fixtures()) {
    const findings = await checkFilesWithPatterns(filesOf(fixture, "/etc/postfix"), engine, fixture);
    for (const { fixes } of findings) for (const { id } of fixes) found.add(id);
  }
  return found;
}

/** Fails where what has no proof and what says so are not the same. */
function assertExcused(without: readonly string[], reasons: Readonly<Record<string, string>>): void {
  assert.deepEqual(without.toSorted(), Object.keys(reasons).toSorted());
}

test("every fix of an entry or a rule is applied by a case of the proof run, or test/proof/unproven.json says why not", async () => {
  const offered = new Set([
    ...entries.flatMap(({ id, fixes }) => fixes.map((fix) => `${id}/${fix.id}`)),
    ...(await fixesOfRules()),
  ]);
  const applied = new Set(
    cases.flatMap(({ entry, fixes }) =>
      fixes.filter(({ withheld }) => withheld === undefined).map(({ fix }) => `${entry}/${fix}`),
    ),
  );
  assertExcused(
    [...offered].filter((id) => !applied.has(id)),
    unproven.fixes,
  );
});

test("every rule's mistake is planted on a real server, or test/proof/unproven.json says why not", () => {
  const planted = new Set(cases.flatMap(({ entry, finding }) => (finding === undefined ? [] : [entry])));
  assertExcused(
    rules.map(({ id }) => id).filter((id) => !planted.has(id)),
    unproven.rules,
  );
});
