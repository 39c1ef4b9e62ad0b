import assert from "node:assert/strict";
import { test } from "node:test";
import { entryById } from "@postmaster/core/catalogue/catalogue.ts";
import { logDiagnostics } from "@postmaster/core/features/log-diagnostics.ts";
import { openLog } from "@postmaster/core/features/open-log.ts";
import { defaultSettings } from "@postmaster/core/features/settings.ts";
import { createLogDocument } from "@postmaster/core/log/log-document.ts";
import { engine } from "./entry-reader.ts";
import noise from "./noise.json" with { type: "json" };

const lineOf = (message: string): string => `Nov 22 10:00:00 mx1 ${message}`;
const BURST = 100_000;

for (const { what, line } of noise) {
  test(`noise is known as noise: ${what}`, () => {
    const read = engine.readText(lineOf(line));
    assert.notEqual(read.template ?? read.entry, null, "recognised");
    const entry = read.entry === null ? null : entryById(read.entry.templateId);
    assert.ok(entry === null || entry.severity === "hint", `${entry?.id} is ${entry?.severity}`);
  });
}

test(`a burst of ${BURST} lines of noise is no problem at all, and a capped list where a setting shows them`, () => {
  const text = Array.from({ length: BURST }, (_, at) => lineOf(noise[at % noise.length]?.line ?? "")).join("\n");
  const log = openLog(createLogDocument(engine, text));
  const began = process.cpuUsage();
  const list = (showBenign: boolean) =>
    logDiagnostics(log, { ...defaultSettings, showBenign }, (line) => log.causes.of(line));
  assert.deepEqual(list(false), []);
  const shown = list(true);
  assert.ok(shown.length > 0 && shown.length <= defaultSettings.maxProblems);
  assert.ok(shown.every(({ isBenign }) => isBenign));
  const { user } = process.cpuUsage(began);
  assert.ok(user < 1_000_000, `${user} µs`);
});
