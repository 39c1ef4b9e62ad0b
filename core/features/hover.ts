import type { Span } from "../text/span.ts";

/** What to show over a place. */
export interface Hover {
  /** Safe Markdown: everything that came from a file or a log is escaped. */
  readonly markdown: string;
  /** What the text is about: offsets in the document, or in the line for a log. */
  readonly span: Span;
}
