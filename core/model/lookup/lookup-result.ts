import type { SourceFile } from "../../io/file-port.ts";
import type { Span } from "../../text/span.ts";

/** The entry that decided. */
export interface LookupPlace {
  /** `type:name`, `proxy:` taken off. */
  readonly table: string;
  /** Null: the entry stands in the configuration itself (`inline:`, `static:`), or the table is no file we read. */
  readonly file: SourceFile | null;
  /** 1-based first physical line. */
  readonly line: number | null;
  /** The whole logical line, offsets in `file.text`. */
  readonly span: Span | null;
}

export type LookupFound = { readonly kind: "found"; readonly value: string; readonly place: LookupPlace };

/** Postfix itself could not look it up: its programs answer 4.3.0 or try again later. In words, for people. */
export type LookupFailed = { readonly kind: "failed"; readonly reason: string; readonly place: LookupPlace };

/** We cannot tell what Postfix would find. In words, for people. Never to be read as "not found". */
export type LookupUnknown = { readonly kind: "unknown"; readonly reason: string; readonly place: LookupPlace };

/** What Postfix finds under a key of a table. */
export type LookupResult = LookupFound | { readonly kind: "not-found" } | LookupFailed | LookupUnknown;

export const NOT_FOUND: LookupResult = { kind: "not-found" };

/** A place without a line: the table as a whole. */
export function tablePlace(table: string, file: SourceFile | null = null): LookupPlace {
  return { table, file, line: null, span: null };
}
