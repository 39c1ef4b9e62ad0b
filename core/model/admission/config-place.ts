import { indexLines } from "../../text/line-index.ts";
import type { Span } from "../../text/span.ts";
import type { ValueOwner } from "../effective.ts";
import { effectiveValue } from "../effective.ts";
import type { LookupPlace } from "../lookup/lookup-result.ts";
import type { ListAnswer } from "../lookup/match-list.ts";
import type { AdmissionContext } from "./admission-context.ts";

/** Where a setting is written that decided by being what it is; null for a default. */
export function settingPlace(context: AdmissionContext, parameter: string): LookupPlace | null {
  const { owner } = effectiveValue(context.tables.server, parameter, context.tables.service);
  if (owner === null) return null;
  return ownerPlace(parameter, owner, owner.kind === "main" ? owner.definition.nameSpan : owner.override.span);
}

/** The entry of a table, or the word of the list, that a match list decided by. */
export function listPlace(
  answer: ListAnswer | { readonly kind: "own-address" | "maybe-own-address" },
): LookupPlace | null {
  if (!("pattern" in answer)) return null;
  if ("place" in answer && answer.place !== null && answer.place.file !== null) return answer.place;
  const { owner, span } = answer.pattern.word;
  return owner === null || span === null ? null : ownerPlace(answer.pattern.text, owner, span);
}

function ownerPlace(name: string, { file }: ValueOwner, span: Span): LookupPlace {
  return { table: name, file, line: indexLines(file.text).positionAt(span.start).line + 1, span };
}
