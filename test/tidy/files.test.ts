import assert from "node:assert/strict";
import { test } from "node:test";
import { sources } from "./sources.ts";

const MOST_LINES = 400;

const UNFINISHED = /\b(?:TODO|FIXME|XXX)\b|not implemented yet/;
const SWITCHED_OFF = /@ts-(?:ignore|nocheck|expect-error)|\.(?:skip|only)\(|\b(?:skip|todo): ?true/;
const ANY = /\bas any\b|: any\b|<any\b|\bany\[\]/;

/** This file names what it looks for. */
const others = sources.filter(({ path }) => path !== "test/tidy/files.test.ts");

test("no file of code is too long to read at one sitting", () => {
  const long = sources.filter(({ text }) => text.split("\n").length > MOST_LINES + 1).map(({ path }) => path);
  assert.deepEqual(long, []);
});

test("nothing is left unfinished or switched off", () => {
  assert.deepEqual([...linesWith(UNFINISHED), ...linesWith(SWITCHED_OFF)], []);
});

test("no type is given up", () => {
  const code = linesWith(ANY).filter((line) => !/:\d+: (?:\*|\/[/*])/.test(line));
  assert.deepEqual(code, []);
});

test("files are called by what is in them, in kebab-case", () => {
  const strange = sources.filter(
    ({ path }) => !/^(?:[a-z0-9-]+\/)+[a-z0-9]+(?:-[a-z0-9]+)*(?:\.test|\.d)?\.ts$/.test(path),
  );
  assert.deepEqual(
    strange.map(({ path }) => path),
    [],
  );
});

function linesWith(pattern: RegExp): readonly string[] {
  return others.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}
