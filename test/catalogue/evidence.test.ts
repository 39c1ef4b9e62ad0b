import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { entryById } from "@postmaster/core/catalogue/catalogue.ts";
import { entries } from "@postmaster/core/catalogue/entries.ts";
import { entryMarkdown } from "@postmaster/core/features/entry-markdown.ts";
import { noValues } from "@postmaster/core/features/line-values.ts";
import { readAmavisSituations } from "../postfix/situations/lib/amavis-situation.ts";
import { readDovecotSituations } from "../postfix/situations/lib/dovecot-situation.ts";
import { readSituations } from "../postfix/situations/lib/situation.ts";
import { readCases } from "../proof/lib/proof-case.ts";
import { releasesText } from "../proof/lib/proof-page.ts";
import releases from "../proof/releases.json" with { type: "json" };

const played = new Set([
  ...(await readCases()).flatMap(({ entry, finding }) => (finding === undefined ? [entry] : [])),
  ...(await readSituations()).flatMap(({ expect }) => expect),
  ...(await readAmavisSituations()).flatMap(({ expect }) => expect),
  ...(await readDovecotSituations()).flatMap(({ expect }) => expect),
]);

test("behind every entry stands a run that holds it to its line, or a page", (context) => {
  for (const { id, evidence, links } of entries) {
    if (evidence.kind === "documented") assert.equal(evidence.source, links[0]?.title, id);
    else assert.ok(played.has(id), id);
    assert.notEqual(evidence.source, "", id);
  }
  const count = (kind: string): number => entries.filter(({ evidence }) => evidence.kind === kind).length;
  context.diagnostic(["reproduced", "with-stand-in", "documented"].map((kind) => `${kind}: ${count(kind)}`).join(", "));
});

test("what a run shows counts as reproduced", () => {
  const forgotten = entries.filter(({ id, evidence }) => played.has(id) && evidence.kind === "documented");
  assert.deepEqual(
    forgotten.map(({ id }) => id),
    [],
  );
});

test("an entry says which it is", () => {
  const shown = (id: string): string => {
    const entry = entryById(id);
    return entry === null ? "" : (entryMarkdown(entry, noValues).split("\n").at(-1) ?? "");
  };
  assert.match(shown("helo-not-fqdn"), /^\*Seen in the log of a real Postfix 3\\?\.7\.\*$/);
  assert.match(shown("amavis-blocked-attachment"), /^\*Seen in the log of a real Amavis 2\\?\.13\.\*$/);
  assert.match(shown("opendkim-key-not-secure"), /^\*Seen in the log of a real OpenDKIM 2\\?\.11\.\*$/);
  assert.match(shown("smtp-auth-required"), /; a stand-in answered for iRedAPD\.\*$/);
  assert.match(shown("gmail-reputation"), /^\*From the documentation \(.+\); not reproduced here\.\*$/);
});

test("the releases that entries name are those the proof page was made with", async () => {
  const page = await readFile(new URL("../../docs/proof.md", import.meta.url), "utf8");
  const made = /^Made with Postfix (\S+), Dovecot (\S+) and Amavis (\S+)\. /m.exec(page) ?? [];
  const [, postfix = "", dovecot = "", amavis = ""] = made;
  const { postfix: _postfix, dovecot: _dovecot, amavis: _amavis, ...others } = releases;
  assert.equal(`${JSON.stringify(releases, null, 2)}\n`, releasesText({ postfix, dovecot, amavis }, others));
});
