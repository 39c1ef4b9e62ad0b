import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultSettings, readSettings } from "@postmaster/core/features/settings.ts";
import declared from "../../core/features/settings.json" with { type: "json" };

/** Read by the editor's client alone. */
const CLIENT_ONLY: ReadonlySet<string> = new Set(["detectLanguage"]);

/** Another value than the default, of the declared type. */
const OTHER: Readonly<Record<string, unknown>> = {
  configDirectory: "/srv/postfix",
  iredapdSettings: "/srv/settings.py",
  dovecotConfig: "/srv/dovecot",
  postfixVersion: "3.4",
  tableTypes: ["lmdb"],
  operatingSystem: "openbsd",
  postfixCommandDirectory: "/opt/postfix/sbin",
  "rules.severity": { "unused-parameter": "off" },
  "problems.maxPerEntry": 7,
  "problems.max": 8,
  "problems.showBenign": true,
  "format.style": "flat",
  "inlayHints.values": false,
  "inlayHints.duplicates": false,
  "inlayHints.overrides": false,
  codeLens: false,
};

test("every declared setting is read, with and without nesting", () => {
  const keys = Object.keys(declared).filter((key) => !CLIENT_ONLY.has(key));
  assert.deepEqual(Object.keys(OTHER).toSorted(), keys.toSorted());
  for (const key of keys) {
    const [outer = "", inner] = key.split(".");
    const nested = inner === undefined ? { [outer]: OTHER[key] } : { [outer]: { [inner]: OTHER[key] } };
    assert.notDeepEqual(readSettings(nested), defaultSettings, key);
    assert.deepEqual(readSettings({ [key]: OTHER[key] }), readSettings(nested), key);
  }
});

test("a value of a wrong type or out of bounds counts as not set", () => {
  const wrong = [
    null,
    7,
    "x",
    [],
    { problems: 3 },
    { problems: { max: 0 } },
    { problems: { max: 1.5 } },
    { operatingSystem: "plan9" },
  ];
  for (const section of wrong) assert.deepEqual(readSettings(section), defaultSettings, JSON.stringify(section));
  assert.deepEqual(readSettings({ tableTypes: ["lmdb", 3] }).tableTypes, ["lmdb"]);
});
