import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { picture } from "./picture.ts";
import { createRegistry, GRAMMAR_FILES, grammarOf } from "./tokenizer.ts";

const SAMPLES: Readonly<Record<string, string>> = {
  "envelopes.log": "text.postfix-log",
  "messages.log": "text.postfix-log",
  "main.cf": "source.postfix-main-cf",
  "master.cf": "source.postfix-master-cf",
  virtual: "source.postfix-table",
  aliases: "source.postfix-table",
  "helo_access.pcre": "source.postfix-regexp-table",
  "postscreen_access.cidr": "source.postfix-cidr-table",
  "virtual.cf": "source.postfix-table-config",
};

/** UPDATE=1 writes the snapshots anew: read the difference before you keep it. */
const update = process.env["UPDATE"] !== undefined;

for (const [sample, scope] of Object.entries(SAMPLES)) {
  test(`the tokens of ${sample} are those of its snapshot`, async () => {
    const text = await readFile(new URL(`samples/${sample}`, import.meta.url), "utf8");
    const drawn = picture(await grammarOf(await createRegistry(), scope), text);
    const snapshot = new URL(`snapshots/${sample}.snap`, import.meta.url);
    if (update) await writeFile(snapshot, drawn);
    assert.equal(drawn, await readFile(snapshot, "utf8"));
  });
}

test("every grammar has a sample", () => {
  assert.deepEqual(new Set(Object.values(SAMPLES)), new Set(Object.keys(GRAMMAR_FILES)));
});
