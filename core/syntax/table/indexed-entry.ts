import { skipSpace, trimmedEnd } from "../../text/ascii.ts";
import { type Span, span } from "../../text/span.ts";
import { documentSpan } from "../lines/joined-text.ts";
import { type LogicalLine, logicalLineIn } from "../lines/logical-lines.ts";
import type { TableRule } from "./table-tree.ts";

/** `key value` of a postmap(1) source. */
export interface IndexedEntry extends TableRule {
  /** As written (postmap folds case; quotes protect blanks and stay). */
  readonly key: string;
  readonly keySpan: Span;
  readonly value: string;
  readonly valueSpan: Span;
}

/** The text that entries are read from. A longer text with the same beginning may take its place. */
export interface EntrySource {
  text: string;
}

/** Where an entry stands: offsets in the text, and its first physical line, 1-based. */
export interface EntryPlace {
  readonly start: number;
  /** After its last text line, line break included. */
  readonly end: number;
  readonly line: number;
}

/**
 * An entry that knows where it stands and reads what is asked for from the text: tables have a million of them, and of most only the key is
 * ever looked at.
 */
export class PlacedEntry implements IndexedEntry {
  readonly index: number;
  readonly line: number;
  readonly key: string;
  readonly #source: EntrySource;
  readonly #start: number;
  readonly #end: number;

  constructor(source: EntrySource, { start, end, line }: EntryPlace, index: number, key: string) {
    this.#source = source;
    this.#start = start;
    this.#end = end;
    this.line = line;
    this.index = index;
    this.key = key;
  }

  /** Offset in the text. */
  get start(): number {
    return this.#start;
  }

  get end(): number {
    return this.#end;
  }

  get span(): Span {
    return span(this.#start, this.#end);
  }

  get logical(): LogicalLine {
    return logicalLineIn(this.#source.text, this.#start, this.#end, this.line);
  }

  get keySpan(): Span {
    return documentSpan(this.logical.joined, 0, this.key.length);
  }

  get value(): string {
    const { from, end, text } = this.#right();
    return text.slice(from, end);
  }

  get valueSpan(): Span {
    const { from, end } = this.#right();
    return documentSpan(this.logical.joined, from, end);
  }

  /** The right-hand side in the joined text. */
  #right(): { readonly text: string; readonly from: number; readonly end: number } {
    const { text } = this.logical.joined;
    const nul = text.indexOf("\0");
    const end = trimmedEnd(text, 0, nul === -1 ? text.length : nul);
    return { text, from: Math.min(skipSpace(text, this.key.length), end), end };
  }
}
