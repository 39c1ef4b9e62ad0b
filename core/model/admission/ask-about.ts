import type { LookupPlace } from "../lookup/lookup-result.ts";
import type { Unknown } from "./outcome.ts";

/** How somebody who knows an entry of a table may tell it. */
export function askAbout(place: LookupPlace | null, key: string): Pick<Unknown, "ask" | "answers"> {
  if (place === null) return {};
  const table = place.table.startsWith("proxy:") ? place.table.slice("proxy:".length) : place.table;
  return { ask: `${table} ${key}`, answers: ["none", "its value"] };
}
