import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { completeLock } from "../../scripts/lib/complete-lock.ts";
import { isRecord, type JsonRecord, readJsonRecord } from "../../scripts/lib/json.ts";
import { inRoot } from "../../scripts/lib/paths.ts";
import { readSettings } from "../../scripts/lib/settings.ts";

const manifest = readJsonRecord(inRoot("package.json"));

test("the extension is what its users were promised", () => {
  assert.equal(manifest["publisher"], "postmaster");
  assert.deepEqual(manifest["engines"], { vscode: "^1.91.0" });
  assert.deepEqual(manifest["extensionKind"], ["workspace"]);
  assert.equal(manifest["main"], "./dist/client.cjs");
});

test("the settings in the manifest are the settings the server reads", () => {
  const shown = record(record(record(manifest, "contributes"), "configuration"), "properties");
  const read = Object.fromEntries(readSettings().map(({ id, schema }) => [id, schema["default"]]));
  const defaults = Object.fromEntries(Object.keys(shown).map((id) => [id, record(shown, id)["default"]]));
  assert.deepEqual(defaults, read);
  assert.ok(Object.keys(read).length > 0);
});

test("every default is of its setting's own type", () => {
  for (const { id, schema } of readSettings()) {
    assert.ok(
      [schema["type"]].flat().includes(typeOf(schema["default"])),
      `${id}: ${JSON.stringify(schema["default"])}`,
    );
    if (Array.isArray(schema["enum"])) assert.ok(schema["enum"].includes(schema["default"]), id);
  }
});

test("every file the manifest names exists", () => {
  const named = JSON.stringify(manifest["contributes"]).matchAll(/"(\.\/[^"]+)"/g);
  assert.deepEqual(
    [...named].map((found) => found[1] ?? "").filter((path) => !existsSync(inRoot(path))),
    [],
  );
});

test("the lock file names no address to fetch from", () => {
  const addresses = readFileSync(inRoot("package-lock.json"), "utf8").match(/"resolved": "[a-z+]+:[^"]*"/g);
  assert.deepEqual(addresses, null);
});

test("the lock file names the builds of our tools for every platform", () => {
  assert.deepEqual(completeLock(readFileSync(inRoot("package-lock.json"), "utf8")).added, []);
});

test("every direct dependency is justified in CONTRIBUTING.md", () => {
  const contributing = readFileSync(inRoot("CONTRIBUTING.md"), "utf8");
  const packages = ["package.json", "core/package.json", "server/package.json", "client/package.json"].map((path) =>
    readJsonRecord(inRoot(path)),
  );
  const names = packages.flatMap((one) =>
    ["dependencies", "devDependencies"].flatMap((kind) => Object.keys(one[kind] ?? {})),
  );
  const unnamed = names.filter((name) => !name.startsWith("@postmaster/") && !contributing.includes(`\`${name}\``));
  assert.deepEqual(unnamed, []);
});

function record(from: JsonRecord, key: string): JsonRecord {
  const value = from[key];
  assert.ok(isRecord(value), `${key} is an object`);
  return value;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}
