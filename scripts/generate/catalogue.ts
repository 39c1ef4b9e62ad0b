import { readFile } from "node:fs/promises";
import path from "node:path";
import { compileEntry } from "@postmaster/core/catalogue/compile-entry.ts";
import type { WholeEntry } from "@postmaster/core/catalogue/entry.ts";
import type { System } from "@postmaster/core/log/systems.ts";
import { parse } from "yaml";
import type { GeneratedFile } from "../lib/generated-file.ts";
import { filesBelow } from "./files-below.ts";
import { readMessageFiles } from "./message-files.ts";
import { readEvidence } from "./run-evidence.ts";

/** The entries as one JSON file. */
export function generateCatalogue(entries: readonly WholeEntry[]): GeneratedFile {
  return { path: "core/generated/catalogue.json", text: `${JSON.stringify(entries, null, 1)}\n` };
}

/** Compiles every `catalogue/<system>/<daemon>/<id>.md`, ordered by id. */
export async function catalogueEntries(root: string): Promise<readonly WholeEntry[]> {
  // From the reference itself, not from what was generated of it last time: a new system may come with its entries.
  const systems = new Set(["postfix", ...(await readMessageFiles(root)).map(({ neighbour }) => neighbour?.system)]);
  const isSystem = (word: string): word is System => systems.has(word);
  const evidence = await readEvidence(root);
  const entries: WholeEntry[] = [];
  for (const file of await filesBelow(path.join(root, "catalogue"), ".md")) {
    const { front, body } = splitFrontMatter(file, await readFile(file, "utf8"));
    const entry = compileEntry(path.basename(file, ".md"), parse(front), body, { isSystem, reproduced: evidence.of });
    const folder = path.relative(path.join(root, "catalogue"), path.dirname(file)).split(path.sep).join("/");
    if (folder !== `${entry.system}/${entry.daemon}`) {
      throw new Error(`${file}: it lies in ${folder} but speaks of ${entry.system}/${entry.daemon}`);
    }
    entries.push(entry);
  }
  entries.sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const [index, entry] of entries.entries()) {
    if (entries[index + 1]?.id === entry.id) throw new Error(`two catalogue entries are called ${entry.id}`);
  }
  const ids = new Set(entries.map(({ id }) => id));
  for (const { id, place } of evidence.claims) {
    if (!ids.has(id)) throw new Error(`${place}: there is no catalogue entry ${id}`);
  }
  return entries;
}

function splitFrontMatter(file: string, text: string): { front: string; body: string } {
  const close = text.indexOf("\n---\n", 4);
  if (!text.startsWith("---\n") || close === -1)
    throw new Error(`${file}: it does not begin with front matter between --- lines`);
  return { front: text.slice(4, close + 1), body: text.slice(close + 5) };
}
