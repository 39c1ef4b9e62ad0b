import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Because } from "@postmaster/core/catalogue/because.ts";
import type { WholeEntry } from "@postmaster/core/catalogue/entry.ts";
import type { GeneratedFile } from "../lib/generated-file.ts";

/**
 * The page on causes: the prose of `reference/evidence.md`, then a row for each `because` of the catalogue.
 * @throws for a cause that nothing can ever point at: neither an entry nor a message that one explains
 */
export async function generateEvidence(
  root: string,
  entries: readonly WholeEntry[],
  messages: ReadonlySet<string>,
): Promise<GeneratedFile> {
  const prose = await readFile(path.join(root, "reference/evidence.md"), "utf8");
  const ids = new Set(entries.map(({ id }) => id));
  const explained = new Set(entries.flatMap((entry) => entry.messages));
  const rows = entries.flatMap((entry) =>
    entry.because.map((because) => {
      const complain = (id: string, what: string): never => {
        throw new Error(`catalogue entry ${entry.id}: because names "${id}", ${what}`);
      };
      for (const id of [...because.lines, ...because.for]) {
        if (!ids.has(id) && !messages.has(id)) complain(id, "which does not exist");
      }
      // Causes are looked for among the lines that entries explain.
      for (const id of because.lines) {
        if (!ids.has(id) && !explained.has(id)) complain(id, "a message that no entry explains");
      }
      for (const id of because.for) {
        if (!entry.messages.includes(id)) complain(id, "which is not one of its messages");
      }
      return row(entry, because);
    }),
  );
  const table = ["| The line | tied by | within | to a line of |", "|---|---|---|---|", ...rows];
  return { path: "docs/causes.md", text: `${prose}${table.join("\n")}\n` };
}

function row({ id }: WholeEntry, because: Because): string {
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
