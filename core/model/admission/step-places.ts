import type { SourceFile } from "../../io/file-port.ts";
import type { Span } from "../../text/span.ts";
import type { WalkedStep } from "./walk-lists.ts";

/** A place in a file of the configuration. */
export interface StepPlace {
  readonly kind: "restriction" | "entry";
  readonly file: SourceFile;
  readonly span: Span;
}

/** Where a step is written, and the entry of a table that answered it; the more telling one last. Empty for what smtpd does by itself. */
export function stepPlaces({ step, outcome }: WalkedStep): readonly StepPlace[] {
  const places: StepPlace[] = [];
  const { owner = null, span = null } = step?.word ?? {};
  if (owner !== null && span !== null) places.push({ kind: "restriction", file: owner.file, span });
  const { place } = outcome;
  if (place !== null && place.file !== null && place.span !== null) {
    places.push({ kind: "entry", file: place.file, span: place.span });
  }
  return places;
}
