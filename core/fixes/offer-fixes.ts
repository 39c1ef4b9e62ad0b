import type { CatalogueEntry, FixDeclaration } from "../catalogue/entry.ts";
import { fill } from "../catalogue/fill.ts";
import { completeOffer, harmless } from "./complete-offer.ts";
import type { FieldValues, FixContext } from "./fix-context.ts";
import type { FixOffer } from "./fix-offer.ts";
import type { Proposal } from "./proposal.ts";
import { purposes } from "./purpose-registry.ts";

/** The fixes an entry declares, computed for one line against one configuration. Never throws for any line or file content. */
export async function offerFixes(
  entry: CatalogueEntry,
  values: FieldValues,
  context: FixContext,
): Promise<readonly FixOffer[]> {
  const offers: FixOffer[] = [];
  for (const declaration of entry.fixes) offers.push(...(await offersOf(entry, declaration, values, context)));
  return offers;
}

async function offersOf(
  entry: CatalogueEntry,
  declaration: FixDeclaration,
  values: FieldValues,
  context: FixContext,
): Promise<readonly FixOffer[]> {
  const base = {
    id: `${entry.id}/${declaration.id}`,
    title: fill(declaration.title, values, harmless),
    safety: declaration.atLeast,
    cost: fill(declaration.cost, values, harmless),
  };
  const purpose = purposes.get(declaration.purpose);
  const proposals: readonly Proposal[] =
    purpose === undefined
      ? [{ kind: "withheld", reason: `The catalogue asks for "${declaration.purpose}", which this version cannot do.` }]
      : await purpose({ declaration, values, context });
  return proposals.map((proposal) => completeOffer(base, proposal, context));
}
