import { entryById } from "../catalogue/catalogue.ts";
import type { TextLine } from "../log/text-line.ts";
import { codeSpan } from "../text/escape-markdown.ts";
import { truncate } from "../text/truncate.ts";
import { entryMarkdown } from "./entry-markdown.ts";
import type { Hover } from "./hover.ts";
import { shownValuesOf } from "./line-values.ts";
import { explainWord } from "./log-word.ts";
import { tellingSpan } from "./telling-span.ts";

/**
 * What a log line says: first the word under the pointer if it is one with a meaning of its own, then the catalogue entry with this
 * line's values, or a short word on a line that is merely recognised. Null for lines nobody knows.
 * @param text the line, without its line break
 * @param offset UTF-16 code units from its start
 * @param more Markdown to show besides: `about` the word, and `because`, what led to the line
 */
export function logHover(
  text: string,
  line: TextLine,
  offset: number,
  { about = null, because = null }: { readonly about?: string | null; readonly because?: string | null } = {},
): Hover | null {
  const word = explainWord(text, line, offset);
  const explained = explainLine(line);
  const whole = explained === null || because === null ? explained : `${because}\n\n${explained}`;
  if (word === null) return whole === null ? null : { markdown: whole, span: tellingSpan(text, line) };
  const said = about === null ? word.markdown : `${word.markdown}\n\n${about}`;
  return { markdown: whole === null ? said : `${said}\n\n---\n\n${whole}`, span: word.span };
}

/** The same for a line as a whole. */
export function explainLine(line: TextLine): string | null {
  const entry = line.entry === null ? null : entryById(line.entry.templateId);
  if (entry !== null) return entryMarkdown(entry, shownValuesOf(line.entry));
  if (line.template === null) return null;
  const speaker = codeSpan(truncate(line.program?.value ?? line.daemon ?? "unknown", 60));
  const known = `${LEVEL[line.level]} of ${speaker}, known as ${codeSpan(line.template.templateId)}.`;
  return `${known} ${line.level === "info" ? NOTHING_TO_EXPLAIN : "There is no explanation for it yet."}`;
}

const NOTHING_TO_EXPLAIN = "There is no explanation for it: most such lines are the daily course of things.";

const LEVEL: Readonly<Record<TextLine["level"], string>> = {
  info: "A line",
  warning: "A warning",
  error: "An error",
  fatal: "A fatal error",
  panic: "A panic (a mistake in the program itself)",
};
