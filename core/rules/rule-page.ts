import pages from "../generated/rules.json" with { type: "json" };

const byId = new Map<string, string>(Object.entries(pages));

/** The page of a rule, Markdown; null for an id that no rule has. */
export function rulePage(id: string): string | null {
  return byId.get(id) ?? null;
}
