import { entries } from "./entries.ts";
import type { CatalogueEntry } from "./entry.ts";

// A build puts another module in this one's place, which reads each entry when it is first asked for (scripts/lib/ready-data.ts).

const byId = new Map(entries.map((entry) => [entry.id, entry]));

export function entryById(id: string): CatalogueEntry | null {
  return byId.get(id) ?? null;
}
