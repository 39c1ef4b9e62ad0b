import { readFile } from "node:fs/promises";
import path from "node:path";
import type { GeneratedFile } from "../lib/generated-file.ts";
import { filesBelow } from "./files-below.ts";

/** The page of every rule, `core/rules/<id>/rule.md`, by the rule's id. */
export async function generateRulePages(root: string): Promise<GeneratedFile> {
  const pages: Record<string, string> = {};
  for (const file of await filesBelow(path.join(root, "core/rules"), "rule.md")) {
    pages[path.basename(path.dirname(file))] = await readFile(file, "utf8");
  }
  return { path: "core/generated/rules.json", text: `${JSON.stringify(pages, null, 1)}\n` };
}
