import { fill, isFillable } from "../catalogue/fill.ts";
import type { FixRequest } from "./proposal.ts";

/** A text argument of a fix with the line's values in it; null if it is not declared or the line lacks one of them. */
export function argument(request: FixRequest, name: string): string | null {
  const declared = request.declaration.with[name];
  if (declared === undefined) return null;
  const text = String(declared);
  if (!isFillable(text, request.values)) return null;
  return fill(text, request.values, (value) => value);
}

/** An argument that the catalogue's author must have given: its absence is a mistake in the entry, which has a test. */
export function requiredArgument(request: FixRequest, name: string): string {
  return argument(request, name) ?? "";
}
