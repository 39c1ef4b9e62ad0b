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

/** Where a cause stands. */
export interface CausePlace {
  /** Zero-based; null where it is not known. */
  readonly line: number | null;
  /** The name of its file where that is another; else null. */
  readonly file: string | null;
  /** Of the line; null where there is none. */
  readonly address: string | null;
}

/** Markdown about what led to a line, the root first. */
export function causeMarkdown<Found extends Cause>(
  causes: readonly Found[],
  placeOf: (cause: Found) => CausePlace,
): string | null {
  const root = causes.at(-1);
  if (root === undefined) return null;
  const place = (cause: Found): string => {
    const { line, file, address } = placeOf(cause);
    const words = [line === null ? "a line" : `line ${line + 1}`, ...(file === null ? [] : [codeSpan(file)])].join(
      " of ",
    );
    return address === null ? words : `[${words}](${address})`;
  };
  const between = causes.slice(0, -1).map(place);
  const by = between.length === 0 ? "" : ` It led here through ${between.toReversed().join(", then ")}.`;
  const why = causes.length === 1 ? ` Evidence: ${EVIDENCE_KINDS[root.evidence].words}.` : "";
  return `**Because of ${place(root)}:** ${titleOf(root)}: ${codeSpan(causeMessage(root))}.${by}${why}`;
}

function titleOf({ entryId }: Cause): string {
  return entryById(entryId)?.title ?? entryId;
}
