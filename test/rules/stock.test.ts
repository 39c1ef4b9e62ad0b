import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { restrictions } from "@postmaster/core/reference/restriction.ts";
import type { RuleFinding } from "@postmaster/core/rules/rule.ts";
import { textOf } from "@postmaster/core/text/span.ts";
import { checkFiles, type Files } from "./check-files.ts";

const FOLDER = fileURLToPath(new URL("../stock/", import.meta.url));

function filesOf(distribution: string): Files {
  const folder = path.join(FOLDER, distribution);
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), "utf8")]));
}

function words(found: readonly RuleFinding[]): readonly string[] {
  return found.map(({ ruleId, file, span }) => `${path.basename(file.path)}: ${ruleId}: ${textOf(file.text, span)}`);
}

/** Configurations in the manner of those that distributions and mail suites install: whoever has one has made no mistake yet. */
suite("no false alarm on configurations as they are installed", () => {
  for (const distribution of readdirSync(FOLDER)) {
    test(`${distribution} with its own release`, () => {
      assert.deepEqual(words(checkFiles(filesOf(distribution), "3.7.11")), []);
    });

    test(`${distribution} with the newest one: nothing but what Postfix says itself`, () => {
      const found = checkFiles(filesOf(distribution), "3.11.6");
      assert.deepEqual(words(found.filter(({ postfix }) => postfix === null)), []);
    });
  }
});

test("the restrictions that are called usual are those that at least two of them have", () => {
  const having = new Map<string, Set<string>>();
  for (const distribution of readdirSync(FOLDER)) {
    for (const text of Object.values(filesOf(distribution))) {
      for (const [, list = ""] of text.matchAll(/^(?!#).*smtpd_\w+_restrictions\s*=(.*(?:\n[ \t].*)*)/gm)) {
        for (const name of list.match(/[a-z_]+/g) ?? [])
          having.set(name, (having.get(name) ?? new Set()).add(distribution));
      }
    }
  }
  const usual = restrictions.filter((restriction) => restriction.usual).map(({ name }) => name);
  assert.deepEqual(
    usual,
    restrictions.map(({ name }) => name).filter((name) => (having.get(name)?.size ?? 0) > 1),
  );
});
