import { readFile } from "node:fs/promises";
import path from "node:path";
import type { GeneratedFile } from "../lib/generated-file.ts";
import { filesBelow } from "./files-below.ts";

/** Everything made from the folders of `core/rules`: the pages as data, and the list of all rules. */
export async function generateRules(root: string): Promise<readonly GeneratedFile[]> {
  const folder = path.join(root, "core/rules");
  return [await pages(folder), await list(folder)];
}

/** The page of every rule, `core/rules/<id>/rule.md`, by the rule's id. */
async function pages(folder: string): Promise<GeneratedFile> {
  const found: Record<string, string> = {};
  for (const file of await filesBelow(folder, "rule.md")) found[idOf(file)] = await readFile(file, "utf8");
  return { path: "core/generated/rules.json", text: `${JSON.stringify(found, null, 1)}\n` };
}

/** A module that imports every `core/rules/<id>/rule.ts`; what it exports is the id in camel case. */
async function list(folder: string): Promise<GeneratedFile> {
  const ids = (await filesBelow(folder, `${path.sep}rule.ts`)).map(idOf);
  const imports = ids.map((id) => `import { ${camelCase(id)} } from "./${id}/rule.ts";\n`);
  const names = ids.map((id) => `  ${camelCase(id)},\n`);
  const text = [
    "// Made from the folders beside it: `npm run generate`.\n",
    ...imports.toSpliced(ids.filter((id) => id < "rule").length, 0, 'import type { Rule } from "./rule.ts";\n'),
    "\n/** Every rule, ordered by id. */\n",
    `export const rules: readonly Rule[] = [\n${names.join("")}];\n`,
  ];
  return { path: "core/rules/all-rules.ts", text: text.join("") };
}

function idOf(file: string): string {
  return path.basename(path.dirname(file));
}

function camelCase(id: string): string {
  return id.replaceAll(/-[a-z]/g, (pair) => pair.charAt(1).toUpperCase());
}
