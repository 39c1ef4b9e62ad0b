import type { TextMatch } from "../log/text-line.ts";

/** A line's own value for a field of its template, or null where the line lacks it. Hostile: strangers chose it. */
export type ValueOf = (field: string) => string | null;

/** No line at hand: every place of a text shows its own words. */
export const noValues: ValueOf = () => null;

/** The values as they stand in the line, for fixes: an empty one (the null sender) is a value too. */
export function valuesOf(match: TextMatch | null): ValueOf {
  return (field) =>
    match !== null && Object.hasOwn(match.fields, field) ? (match.fields[field]?.value ?? null) : null;
}

/** The values as people are told them: for an empty one the text's own words say it better. */
export function shownValuesOf(match: TextMatch | null): ValueOf {
  const values = valuesOf(match);
  return (field) => {
    const value = values(field);
    return value === "" ? null : value;
  };
}
