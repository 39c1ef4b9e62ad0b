import assert from "node:assert/strict";
import { test } from "node:test";
import { meantBoolean, meantSize, meantTime } from "@postmaster/core/rules/meant-value.ts";

const MEANT = [
  [meantSize, "50M", "52428800"],
  [meantSize, "20 MB", "20971520"],
  [meantSize, "1GiB", "1073741824"],
  [meantSize, "512k", "524288"],
  [meantSize, "1.5G", null],
  [meantSize, "50 apples", null],
  [meantSize, "999999999G", null],
  [meantTime, "5 days", "5d"],
  [meantTime, "30min", "30m"],
  [meantTime, "1 Hour", "1h"],
  [meantTime, "90 sec", "90s"],
  [meantTime, "5 m", "5m"],
  [meantTime, "5M", null],
  [meantTime, "2 months", null],
  [meantTime, "", null],
  [meantBoolean, "true", "yes"],
  [meantBoolean, "Off", "no"],
  [meantBoolean, "maybe", null],
] as const;

for (const [read, text, meant] of MEANT)
  test(`${read.name}: "${text}" is ${meant ?? "not known"}`, () => assert.equal(read(text), meant));
