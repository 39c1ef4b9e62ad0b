import { isFieldName } from "../log/field-name.ts";

const LONGEST_NAME = 40;

/**
 * Fills the `{field}` places of catalogue text. A place may carry words for the case that the line lacks the field:
 * `{sasl_username|the login}`; without them the gap shows as `‹sasl username›`. Filled values are what strangers chose, so the caller says how to make them harmless.
 */
export function fill(
  text: string,
  valueOf: (field: string) => string | null,
  harmless: (value: string) => string,
): string {
  return fillPlaces({ text, places: placesOf(text) }, valueOf, harmless);
}

/** A text and its places, for one that is filled again and again. */
export interface PlacedText {
  readonly text: string;
  readonly places: readonly Place[];
}

/** As `fill`. */
export function fillPlaces(
  { text, places }: PlacedText,
  valueOf: (field: string) => string | null,
  harmless: (value: string) => string,
): string {
  let result = "";
  let at = 0;
  for (const place of places) {
    const value = valueOf(place.field);
    result +=
      text.slice(at, place.start) +
      (value === null ? (place.fallback ?? `‹${place.field.replaceAll("_", " ")}›`) : harmless(value));
    at = place.end;
  }
  return result + text.slice(at);
}

/** Whether every place of a text can be filled (or has words of its own for the gap). */
export function isFillable(text: string, valueOf: (field: string) => string | null): boolean {
  return placesOf(text).every((place) => place.fallback !== null || valueOf(place.field) !== null);
}

export interface Place {
  readonly field: string;
  /** Words to use when the line lacks the field; null if none were given. */
  readonly fallback: string | null;
  readonly start: number;
  readonly end: number;
}

/** The places of a text in order. Braces that do not hold a field name (`${name}`, code samples) are left alone. */
export function placesOf(text: string): readonly Place[] {
  const places: Place[] = [];
  for (let open = text.indexOf("{"); open !== -1; open = text.indexOf("{", open + 1)) {
    if (text[open - 1] === "$") continue;
    const close = text.indexOf("}", open);
    if (close === -1) break;
    const inner = text.slice(open + 1, close);
    const bar = inner.indexOf("|");
    const field = bar === -1 ? inner : inner.slice(0, bar);
    if (field.length > LONGEST_NAME || !isFieldName(field)) continue;
    places.push({ field, fallback: bar === -1 ? null : inner.slice(bar + 1), start: open, end: close + 1 });
  }
  return places;
}
