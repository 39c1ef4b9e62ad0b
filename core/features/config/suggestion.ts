import type { Span } from "../../text/span.ts";

export type SuggestionKind =
  | "parameter"
  | "own"
  | "restriction"
  | "class"
  | "word"
  | "table-type"
  | "action"
  | "service"
  | "program"
  | "file"
  | "folder";

/** What the documentation of a suggestion is about; looked up when the suggestion is looked at. */
export interface SuggestionTopic {
  readonly kind:
    | "parameter"
    | "restriction"
    | "table-type"
    | "program"
    | "column"
    | "access-action"
    | "checks-action"
    | "client-key";
  readonly name: string;
}

/** One thing that may be written at a place. */
export interface Suggestion {
  readonly label: string;
  readonly kind: SuggestionKind;
  /** A few plain words beside the label. */
  readonly detail: string;
  /** What is inserted, plain. */
  readonly text: string;
  /** The same in LSP's snippet syntax, with places to fill in; null where there are none. */
  readonly snippet: string | null;
  /** Lower comes first; equal ones in order of their labels. */
  readonly rank: number;
  readonly isDeprecated: boolean;
  readonly topic: SuggestionTopic | null;
}

/** What may be written at a place: each replaces the same text. */
export interface Suggestions {
  readonly span: Span;
  readonly all: readonly Suggestion[];
}

/** A suggestion with what goes without saying filled in. */
export function suggestion(given: Pick<Suggestion, "label" | "kind"> & Partial<Suggestion>): Suggestion {
  return {
    detail: "",
    text: given.label,
    snippet: null,
    rank: 5,
    isDeprecated: false,
    topic: null,
    ...given,
  };
}

/** Text as it stands for itself in a snippet. */
export function snippetText(text: string): string {
  let result = "";
  for (const c of text) result += c === "$" || c === "}" || c === "\\" ? `\\${c}` : c;
  return result;
}
