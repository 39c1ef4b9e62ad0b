import assert from "node:assert/strict";
import { test } from "node:test";
import { isRecord, readJsonRecord } from "../../scripts/lib/json.ts";
import { inRoot } from "../../scripts/lib/paths.ts";
import { sources } from "./sources.ts";

test("core/ is compiled without the names of any host: no Node, no browser", () => {
  const own = readJsonRecord(inRoot("core", "tsconfig.json"));
  const base = readJsonRecord(inRoot("tsconfig.base.json"));
  assert.ok(isRecord(own["compilerOptions"]) && isRecord(base["compilerOptions"]));
  const options = { ...base["compilerOptions"], ...own["compilerOptions"] };
  assert.deepEqual(options["types"], []);
  assert.deepEqual(options["lib"], ["ES2023"]);
});

test("core/ imports nothing but itself: no editor, no protocol, no package", () => {
  const core = sources.filter(({ path }) => path.startsWith("core/"));
  assert.ok(core.length > 0);
  const outside = core.flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => target?.startsWith("core/") !== true)
      .map(({ specifier }) => `${path}: ${specifier}`),
  );
  assert.deepEqual(outside, []);
});

test("core/ pulls no types in by a directive either", () => {
  const directives = sources.filter(({ path, text }) => path.startsWith("core/") && /^\/\/\/ *<reference/m.test(text));
  assert.deepEqual(
    directives.map(({ path }) => path),
    [],
  );
});
