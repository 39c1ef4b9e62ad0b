import { lowerAscii, trimAscii } from "../../text/ascii.ts";
import { type LookupResult, NOT_FOUND, tablePlace } from "../lookup/lookup-result.ts";
import type { RestrictionStep } from "../restrictions.ts";

/** Something the configuration does not tell, told by whoever asks: `reject_rbl_client zen.example=reject`. */
export interface Assumption {
  /** A restriction in lower case, or a table as `type:name` without `proxy:`. */
  readonly about: string;
  /** The restriction's argument or the table's key; null: whatever it is. */
  readonly detail: string | null;
  readonly answer: string;
}

/** `ABOUT[ DETAIL]=ANSWER`; null if it is not written so. */
export function parseAssumption(text: string): Assumption | null {
  const equals = text.indexOf("=");
  if (equals === -1) return null;
  const left = trimAscii(text.slice(0, equals));
  const answer = trimAscii(text.slice(equals + 1));
  const blank = left.search(/\s/);
  const name = blank === -1 ? left : left.slice(0, blank);
  if (name === "" || answer === "") return null;
  const about = name.includes(":") ? withoutProxy(name) : lowerAscii(name);
  return { about, detail: blank === -1 ? null : trimAscii(left.slice(blank)), answer };
}

/** The answer told for a restriction; the one with its argument before the one without. */
export function assumedFor(assumptions: readonly Assumption[], step: RestrictionStep): string | null {
  // `zen.example=127.0.0.2`: the domain names the list, the rest only what counts as listed.
  const argument = step.argument === null ? null : (step.argument.split("=", 1)[0] ?? "");
  const own = assumptions.filter(({ about }) => about === step.name);
  const exact = own.find(({ detail }) => detail !== null && (detail === argument || detail === step.argument));
  return (exact ?? own.find(({ detail }) => detail === null))?.answer ?? null;
}

/** The entry told for a table: `none` for no entry. */
export function assumedEntry(assumptions: readonly Assumption[], table: string, key: string): LookupResult | null {
  const own = assumptions.filter(({ about }) => about === table);
  const exact = own.find(({ detail }) => detail !== null && lowerAscii(detail) === lowerAscii(key));
  const told = exact ?? own.find(({ detail }) => detail === null);
  if (told === undefined) return null;
  return told.answer === "none" ? NOT_FOUND : { kind: "found", value: told.answer, place: tablePlace(table) };
}

function withoutProxy(table: string): string {
  return table.startsWith("proxy:") ? table.slice("proxy:".length) : table;
}
