import type { SourceFile } from "../../io/file-port.ts";
import type { Span } from "../../text/span.ts";
import { effectiveValue, ownerSpan, type ValueOwner } from "../effective.ts";
import type { LookupContext } from "../lookup/look-up.ts";
import type { LookupPlace, LookupResult } from "../lookup/lookup-result.ts";
import type { ListAnswer, ListPattern } from "../lookup/match-list.ts";

/** What decided a step of a route, and where it stands written. */
export interface Decision {
  /** The parameter whose value or table decided. */
  readonly parameter: string;
  /** `type:name` if an entry of a table decided, else null. */
  readonly table: string | null;
  /** Null where nothing is written: a built-in default, or a table that is no file here. */
  readonly file: SourceFile | null;
  /** UTF-16 offsets in the file's text; null likewise. */
  readonly span: Span | null;
}

/** A step that cannot be told. `failed`: Postfix itself could not tell, and mail would wait; `unknown`: only we cannot. */
export interface Undecided {
  readonly kind: "failed" | "unknown";
  readonly parameter: string;
  /** In words, for people. */
  readonly reason: string;
}

export function isUndecided(step: { readonly kind: string }): step is Undecided {
  return step.kind === "failed" || step.kind === "unknown";
}

/** A parameter as one program sees it. */
export interface PlacedValue {
  /** Expanded; empty if it has no value. */
  readonly text: string;
  readonly decision: Decision;
}

export function valueOf({ server, service }: LookupContext, parameter: string): PlacedValue {
  const { expanded, owner } = effectiveValue(server, parameter, service);
  return { text: expanded ?? "", decision: byOwner(parameter, owner) };
}

function byOwner(parameter: string, owner: ValueOwner | null): Decision {
  return owner === null
    ? { parameter, table: null, file: null, span: null }
    : { parameter, table: null, file: owner.file, span: ownerSpan(owner) };
}

export function byEntry(parameter: string, { table, file, span }: LookupPlace): Decision {
  return { parameter, table, file, span };
}

/** The entry of a table in a list, else the word of the list itself. */
export function byPattern(parameter: string, { word }: ListPattern, place: LookupPlace | null): Decision {
  if (place?.file !== undefined && place.file !== null) return byEntry(parameter, place);
  return { parameter, table: place?.table ?? null, file: word.owner?.file ?? null, span: word.span };
}

export function undecidedLookup(
  parameter: string,
  result: Extract<LookupResult, { readonly kind: "failed" | "unknown" }>,
): Undecided {
  return { kind: result.kind, parameter, reason: result.reason };
}

export function undecidedList(
  parameter: string,
  answer: Extract<ListAnswer, { readonly kind: "failed" | "unknown" }>,
): Undecided {
  return { kind: answer.kind, parameter, reason: answer.reason };
}
