import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { inRoot } from "../../scripts/lib/paths.ts";

/** The sources that run in the editor. */
const sources = globSync("client/**/*.ts", { cwd: inRoot() })
  .filter((file) => !file.includes("node_modules"))
  .map((file) => ({ file, text: readFileSync(inRoot(file), "utf8") }));

test("no Markdown of ours is trusted, nor may it hold HTML", () => {
  const options = sources.find(({ text }) => text.includes("LanguageClientOptions"))?.text ?? "";
  assert.match(options, /markdown: \{ isTrusted: false, supportHtml: false \}/);
  for (const { file, text } of sources) {
    assert.doesNotMatch(
      text,
      /isTrusted\s*[:=]\s*(true|\{)|supportHtml\s*[:=]\s*true|supportThemeIcons\s*[:=]\s*true/,
      file,
    );
  }
});

test("what is shown as a message went through plainText, unless it is our own words alone", () => {
  const SHOWN = /window\s*\.\s*show(?:Information|Warning|Error)Message\(\s*([^"\s)][^,)]*)/g;
  const found = sources.flatMap(({ file, text }) =>
    [...text.matchAll(SHOWN)].map(([, first = ""]) => `${file}: ${first}`),
  );
  assert.deepEqual(
    found.filter((one) => !/: (plainText\(|`[^`$]*`)/.test(one)),
    [],
  );
});

test("nothing is evaluated, and a terminal is typed into without its line end", () => {
  for (const { file, text } of sources) {
    assert.doesNotMatch(text, /\beval\(|new Function\(|createWebviewPanel\([^)]*enableScripts: true/, file);
    for (const [, argument = ""] of text.matchAll(/\.sendText\(([^)]*)\)/g)) assert.match(argument, /, false$/, file);
  }
});
