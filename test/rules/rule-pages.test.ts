import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { after, suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { rules } from "@postmaster/core/rules/rules.ts";
import { checkFiles, checkFilesWithPatterns, editsOf, type Files, fixAll } from "./check-files.ts";
import { startEngine } from "./engine.ts";

const FOLDER = fileURLToPath(new URL("../../core/rules/", import.meta.url));

const engine = startEngine();
after(() => engine.close());

interface Example {
  readonly files: Files;
  readonly kind: string;
  readonly version: string | null;
}

/** As diff(1) says it. */
const UNENDED = "\n\\ No newline at end of file\n";

/**
 * The fences of a page: "```main.cf bad" and its like, perhaps with a release behind it. A table is named by type and file, `pcre:virtual`.
 * Several of one kind make one configuration.
 * `\u{0}` and `\u{feff}` in one stand for these characters.
 */
function examplesOf(page: string): readonly Example[] {
  const merged = new Map<string, Example>();
  for (const { files, kind, version } of fencesOf(page)) {
    merged.set(kind, { files: { ...merged.get(kind)?.files, ...files }, kind, version });
  }
  return [...merged.values()];
}

function fencesOf(page: string): readonly Example[] {
  return page.split("\n```").flatMap((part) => {
    const [info = "", ...lines] = part.split("\n");
    const [file = "", kind = "", version = null] = info.split(" ");
    if (kind !== "bad" && kind !== "good") return [];
    const text = `${lines.join("\n").replaceAll("\\u{0}", "\0").replaceAll("\\u{feff}", "\uFEFF")}\n`.replace(
      UNENDED,
      "",
    );
    const [type, table] = file.split(":");
    if (table === undefined) return [{ files: { [file]: text }, kind, version }];
    const main = `virtual_alias_maps = ${type ?? ""}:/etc/postfix/${table}\n`;
    return [{ files: { "main.cf": main, [table]: text }, kind, version }];
  });
}

suite("rules and their pages", async () => {
  test("every folder is a rule and every rule has its folder, ordered by id", async () => {
    const entries = await readdir(FOLDER, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    assert.deepEqual(
      rules.map(({ id }) => id),
      folders.toSorted(),
    );
  });

  for (const rule of rules) {
    const page = await readFile(path.join(FOLDER, rule.id, "rule.md"), "utf8");

    test(`${rule.id}: the page has its title and its four sections`, () => {
      assert.ok(page.startsWith(`# ${rule.title}\n`), "title");
      const sections = page.split("\n").filter((line) => line.startsWith("## "));
      assert.deepEqual(sections, ["## What", "## Why", "## Example", "## Fix"]);
    });

    for (const [index, { files, kind, version }] of examplesOf(page).entries()) {
      test(`${rule.id}: example ${index + 1} is ${kind}`, async () => {
        const all = await checkFilesWithPatterns(files, engine, version);
        const found = all.filter(({ ruleId }) => ruleId === rule.id);
        assert.equal(found.length > 0, kind === "bad", JSON.stringify(found.map(({ message }) => message)));
      });

      test(`${rule.id}: after the fixes of example ${index + 1} nothing fixable is left`, () => {
        const fixed = checkFiles(fixAll(files, version), version);
        assert.deepEqual(
          editsOf(fixed).map(({ title }) => title),
          [],
        );
      });
    }

    test(`${rule.id}: the page shows a bad and a good example`, () => {
      assert.deepEqual(
        examplesOf(page).map(({ kind }) => kind),
        ["bad", "good"],
      );
    });
  }
});
