import { joinedText } from "../../syntax/lines/joined-text.ts";
import { splitList } from "../../syntax/value/list.ts";
import type { LookupContext } from "../lookup/look-up.ts";
import { valueOf } from "./decision.ts";
import { applyCanonical, type Expanded, expandAliases } from "./expand-recipient.ts";
import type { resolveSettings } from "./route-settings.ts";

/** canonical tables, then virtual aliases, in the order of cleanup(8). */
export async function cleanUp(
  cleanup: LookupContext,
  settings: ReturnType<typeof resolveSettings>,
  given: string,
): Promise<Expanded> {
  const { steps, addresses, end } = await makeCanonical(cleanup, settings, given);
  const [address = given] = addresses;
  if (end !== null) return { steps, addresses, end };
  const limit = (name: string): number => Number(valueOf(cleanup, name).text) || 1000;
  const limits = {
    expansion: limit("virtual_alias_expansion_limit"),
    recursion: limit("virtual_alias_recursion_limit"),
  };
  const expanded = await expandAliases(cleanup, address, limits, settings);
  return { ...expanded, steps: [...steps, ...expanded.steps] };
}

/** The canonical tables alone. */
export async function makeCanonical(
  cleanup: LookupContext,
  settings: ReturnType<typeof resolveSettings>,
  given: string,
): Promise<Expanded> {
  const steps: Expanded["steps"][number][] = [];
  let address = given;
  for (const [parameter, classes] of CANONICAL) {
    const applies = splitList(joinedText(valueOf(cleanup, classes).text)).elements;
    if (!applies.some(({ text }) => text === "envelope_recipient")) continue;
    const canonical = await applyCanonical(cleanup, parameter, address, settings);
    steps.push(...canonical.steps);
    address = canonical.addresses[0] ?? address;
    if (canonical.end !== null) return { steps, addresses: [address], end: canonical.end };
  }
  return { steps, addresses: [address], end: null };
}

/** recipient_canonical_maps has no list of classes of its own that leaves recipients out. */
const CANONICAL = [
  ["recipient_canonical_maps", "recipient_canonical_classes"],
  ["canonical_maps", "canonical_classes"],
] as const;
