import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import test from "node:test";
import { placesOf } from "@postmaster/core/catalogue/fill.ts";
import { wholeEntries as entries } from "@postmaster/core/catalogue/whole-entries.ts";
import { parameterByName } from "@postmaster/core/reference/parameter.ts";
import { restrictionByName } from "@postmaster/core/reference/restriction.ts";
import { messageTexts } from "./message-texts.ts";
import { templateFields } from "./template-fields.ts";

const fixes = entries.flatMap((entry) => entry.fixes.map((fix) => ({ entry, fix })));
const folder = new URL("../../core/fixes/purposes/", import.meta.url);

test("every fix names a purpose that the engine has", async () => {
  const purposes = new Set((await readdir(folder)).map((name) => name.replace(/\.ts$/, "")));
  const unknown = fixes.filter(({ fix }) => !purposes.has(fix.purpose));
  assert.deepEqual(
    unknown.map(({ entry, fix }) => `${entry.id}/${fix.id}: ${fix.purpose}`),
    [],
  );
});

test("fix ids are unique in their entry", () => {
  const ids = fixes.map(({ entry, fix }) => `${entry.id}/${fix.id}`);
  assert.equal(new Set(ids).size, ids.length);
});

test("what a fix takes from the line is a field that the entry's templates have", () => {
  for (const { entry, fix } of fixes) {
    const known = templateFields([...entry.match, ...entry.otherwise, ...messageTexts(entry)]);
    const texts = [fix.title, ...Object.values(fix.with).filter((value) => typeof value === "string")];
    const missing = texts.flatMap(placesOf).filter(({ field }) => !known.has(field));
    assert.deepEqual(
      missing.map(({ field }) => field),
      [],
      `${entry.id}/${fix.id}`,
    );
  }
});

test("parameters and restrictions in a fix's arguments exist", () => {
  for (const { entry, fix } of fixes) {
    const { parameter, restriction, from, to, before } = fix.with;
    if (typeof parameter === "string") assert.ok(parameterByName(parameter), `${entry.id}: ${parameter}`);
    for (const word of [restriction, from, to, before]) {
      if (typeof word === "string") assert.ok(restrictionByName(word), `${entry.id}: ${word}`);
    }
  }
});

test("what weakens a check is declared risky", () => {
  const declared = new Map(fixes.map(({ entry, fix }) => [`${entry.id}/${fix.id}`, fix.atLeast]));
  for (const id of [
    "sender-not-owned-by-user/remove",
    "smtp-auth-required/allow-forged-sender",
    "smtp-auth-required/trust-client",
    "plaintext-not-allowed/allow-plaintext",
    "helo-local-access-denied/disable-rule",
  ]) {
    assert.equal(declared.get(id), "risky", id);
  }
  for (const id of ["domain-in-two-classes/remove-from-mydestination", "domain-in-two-classes/change-myhostname"]) {
    assert.equal(declared.get(id), "review", id);
  }
});
