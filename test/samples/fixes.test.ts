import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { entryById } from "@postmaster/core/catalogue/catalogue.ts";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { logFixes } from "@postmaster/core/features/log-fixes.ts";
import { findDovecot } from "@postmaster/core/model/find-dovecot.ts";
import { findIredapdSettings } from "@postmaster/core/model/find-iredapd.ts";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { createNodeFilePort } from "@postmaster/server/host/node-file-port.ts";
import { plainPatterns } from "../core/model/plain-patterns.ts";
import { plantedMistakes } from "./planted.ts";

const root = new URL("../../", import.meta.url);
const samples = fileURLToPath(new URL("samples", root));
const port = createNodeFilePort();
const query = { setting: null, workspaceFolders: [samples], onThisMachine: false };
const engine = createCatalogueEngine();

/** What the samples cannot mend, and why. */
const WITHHELD = new Map([["domain-in-two-classes/change-myhostname", "old.example.com is not the host's name"]]);

test("every fix of every planted line has something to change in the sample configuration", async () => {
  const surroundings = {
    server: await loadMailServer(port, `${samples}/postfix`, { defaultOf: (name) => defaultOf(name) }),
    iredapd: await findIredapdSettings(port, query),
    dovecot: await findDovecot(port, query),
    answers: {},
    patternMatcher: plainPatterns,
    tableTypes: null,
    osFamily: "debian" as const,
  };
  assert.ok(surroundings.server !== null && surroundings.iredapd !== null && surroundings.dovecot !== null);

  const useful = new Set<string>();
  for (const { file, line, entry } of await plantedMistakes()) {
    const text = (await readFile(new URL(file, root), "utf8")).split("\n")[line - 1] ?? "";
    for (const offer of await logFixes(engine.readText(text), surroundings)) {
      const id = offer.id.split("/").slice(0, 2).join("/");
      if (offer.kind === "withheld") {
        assert.ok(WITHHELD.has(id), `${file}:${line} ${id}: ${offer.reason}`);
        continue;
      }
      assert.notEqual(offer.kind, "lines", `${file}:${line} ${id}`);
      if (offer.kind === "edit")
        assert.ok(
          offer.files.every(({ file: edited }) => edited.path.startsWith(samples)),
          id,
        );
      useful.add(id);
    }
    const declared = entryById(entry)?.fixes ?? [];
    for (const { id } of declared)
      assert.ok(useful.has(`${entry}/${id}`), `${file}:${line}: nothing for ${entry}/${id}`);
  }
});
