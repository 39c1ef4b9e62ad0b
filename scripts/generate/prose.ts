import { readFile } from "node:fs/promises";

/**
 * Reads a prose file of `reference/`: each `## key` heading with the paragraphs below it, joined to one line a paragraph.
 * A missing file has no prose: the coverage test, not the generator, insists on completeness.
 */
export async function readProse(file: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(file, "utf8").catch(() => "");
  const found = new Map<string, string>();
  for (const section of text.split(/^## /m).slice(1)) {
    const end = section.indexOf("\n");
    const key = section.slice(0, end).trim();
    if (found.has(key)) throw new Error(`${file}: "## ${key}" stands twice`);
    found.set(key, unwrap(section.slice(end + 1)));
  }
  return found;
}

/** Hard-wrapped lines become one line a paragraph; list items and fences keep their lines. */
function unwrap(text: string): string {
  return text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => (/^(?:- |```)/m.test(paragraph) ? paragraph : paragraph.replaceAll("\n", " ")))
    .join("\n\n");
}
