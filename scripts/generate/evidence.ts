import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Because } from "@postmaster/core/catalogue/because.ts";
import type { CatalogueEntry } from "@postmaster/core/catalogue/entry.ts";
import type { GeneratedFile } from "../lib/generated-file.ts";

/**
 * The page on causes: the prose of `reference/evidence.md`, then a row for each `because` of the catalogue.
 * @throws for a cause that is neither an entry nor a message
 */
export async function generateEvidence(
  root: string,
  entries: readonly CatalogueEntry[],
  messages: ReadonlySet<string>,
): Promise<GeneratedFile> {
  const prose = await readFile(path.join(root, "reference/evidence.md"), "utf8");
  const known = new Set([...entries.map(({ id }) => id), ...messages]);
  const rows = entries.flatMap((entry) =>
    entry.because.map((because) => {
      for (const id of [...because.lines, ...because.for]) {
        if (!known.has(id)) throw new Error(`catalogue entry ${entry.id}: because names "${id}", which does not exist`);
      }
      return row(entry, because);
    }),
  );
  const table = ["| The line | tied by | within | to a line of |", "|---|---|---|---|", ...rows];
  return { path: "docs/causes.md", text: `${prose}${table.join("\n")}\n` };
}

function row({ id }: CatalogueEntry, because: Because): string {
  const where = Object.entries(because.where).map(([field, value]) => `${field} \`${value}\``);
  const only = [...because.for.map((message) => `\`${message}\``), ...where];
  const by = [
    because.by,
    ...(because.service === null ? [] : [`\`${because.service}\``]),
    ...(because.same.length === 0 ? [] : [`same ${because.same.join(", ")}`]),
  ];
  const causes = [
    ...because.lines.map((cause) => `\`${cause}\``),
    ...because.levels.map((level) => `any explained ${level}`),
  ];
  const line = only.length === 0 ? `\`${id}\`` : `\`${id}\` (${only.join(", ")})`;
  return `| ${line} | ${by.join(" ")} | ${because.within} s | ${causes.join(", ")} |`;
}
