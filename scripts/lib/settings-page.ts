import { readFile } from "node:fs/promises";
import type { GeneratedFile } from "./generated-file.ts";
import { inRoot } from "./paths.ts";
import { readSettings, type Setting } from "./settings.ts";

const BEGIN = "<!-- settings:begin -->";
const END = "<!-- settings:end -->";

/**
 * README.md with its table of settings brought up to date, between two marker comments.
 * @throws if README.md has lost the markers: the table would silently grow old.
 */
export async function generateSettingsPage(): Promise<readonly GeneratedFile[]> {
  const readme = await readFile(inRoot("README.md"), "utf8");
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin === -1 || end < begin) throw new Error(`README.md needs the lines ${BEGIN} and ${END} around its settings`);
  const text = `${readme.slice(0, begin + BEGIN.length)}\n${table(readSettings())}\n${readme.slice(end)}`;
  return [{ path: "README.md", text }];
}

function table(settings: readonly Setting[]): string {
  const rows = settings.map(({ id, description, schema }) => {
    return `| \`${id}\` | ${cell(describe(description, schema["enum"]))} | \`${JSON.stringify(schema["default"])}\` |`;
  });
  return ["| Setting | What it does | Default |", "|---|---|---|", ...rows].join("\n");
}

function describe(description: string, values: unknown): string {
  if (!Array.isArray(values)) return description;
  return `${description} One of ${values.map((value) => `\`${JSON.stringify(value)}\``).join(", ")}.`;
}

/** A table cell is one line, and a bar would end it. */
function cell(text: string): string {
  return text.replaceAll("\n", " ").replaceAll("|", "\\|");
}
