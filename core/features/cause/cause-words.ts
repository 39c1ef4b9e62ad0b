import { EVIDENCE_KINDS } from "../../catalogue/because.ts";
import { entryById } from "../../catalogue/catalogue.ts";
import type { Cause } from "../../cause/find-causes.ts";
import { codeSpan } from "../../text/escape-markdown.ts";
import { truncate } from "../../text/truncate.ts";
import { visibleText } from "../../text/visible-text.ts";

const LONGEST = 240;

/** One plain line about the root of a problem, for under its message. Null where there is none. */
export function causeSentence(causes: readonly Cause[]): string | null {
  const root = causes.at(-1);
  return root === undefined ? null : `Because of line ${root.line + 1}: ${titleOf(root)}.`;
}

/** What a cause says, as plain text: the message as it was logged. */
export function causeMessage({ read }: Cause): string {
  const level = read.level === "info" ? "" : `${read.level}: `;
  return visibleText(truncate(`${level}${read.message.value}`, LONGEST));
}

/**
 * Markdown about what led to a line, the root first. @param linkOf address of a line of this log, or null where there is none
 */
export function causeMarkdown(causes: readonly Cause[], linkOf: (line: number) => string | null): string | null {
  const root = causes.at(-1);
  if (root === undefined) return null;
  const place = ({ line }: Cause): string => {
    const address = linkOf(line);
    return address === null ? `line ${line + 1}` : `[line ${line + 1}](${address})`;
  };
  const between = causes.slice(0, -1).map(place);
  const by = between.length === 0 ? "" : ` It led here through ${between.toReversed().join(", then ")}.`;
  const why = causes.length === 1 ? ` Evidence: ${EVIDENCE_KINDS[root.evidence].words}.` : "";
  return `**Because of ${place(root)}:** ${titleOf(root)}: ${codeSpan(causeMessage(root))}.${by}${why}`;
}

function titleOf({ entryId }: Cause): string {
  return entryById(entryId)?.title ?? entryId;
}
