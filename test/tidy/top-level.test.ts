import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, matchesGlob } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/lib/paths.ts";

/** What somebody sees first who opens the project. Whatever else stands there has to earn its place here. */
const PARTS = [
  "bench",
  "catalogue",
  "client",
  "core",
  "docs",
  "reference",
  "samples",
  "scripts",
  "server",
  "syntaxes",
  "test",
];
const WORDS = [
  "ARCHITECTURE.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "LICENSE",
  "README.md",
  "SECURITY.md",
  "THIRD-PARTY-NOTICES.md",
];
const SETTINGS = [
  ".ci",
  ".editorconfig",
  ".github",
  ".gitignore",
  ".npmrc",
  ".oxlintrc.json",
  ".vscodeignore",
  "biome.json",
  "knip.json",
  "package-lock.json",
  "package.json",
  "tsconfig.base.json",
  "tsconfig.json",
];

test("nothing stands at the top level that was left behind there", () => {
  const ignored = readFileSync(join(root, ".gitignore"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.replace(/\/$/, ""));
  const found = readdirSync(root).filter((name) => name !== ".git" && !ignored.some((glob) => matchesGlob(name, glob)));
  assert.deepEqual(found.toSorted(), [...PARTS, ...WORDS, ...SETTINGS].toSorted());
});
