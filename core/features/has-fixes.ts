import { entryById } from "../catalogue/catalogue.ts";
import type { TextLine } from "../log/text-line.ts";

/** Whether a line's entry declares any fix: worth asking before a configuration is read. */
export function hasFixes(line: TextLine): boolean {
  const entry = line.entry === null ? null : entryById(line.entry.templateId);
  return entry !== null && entry.fixes.length > 0;
}
