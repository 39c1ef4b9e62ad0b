import { withoutExtension } from "../lookup/address-extension.ts";
import { findInMaps, mapsOf } from "../lookup/find-in-maps.ts";
import type { LookupContext } from "../lookup/look-up.ts";
import { type LookupResult, NOT_FOUND } from "../lookup/lookup-result.ts";
import { domainAndParents, parentMatchesSubdomains } from "../lookup/parent-domains.ts";
import { askedFor } from "../lookup/without-groups.ts";

/**
 * What transport_maps say about a recipient: the address, without its extension, the domain, its parents, at last `*` (transport(5),
 * TABLE SEARCH ORDER). Pattern tables are asked for the address alone.
 */
export async function findTransport(context: LookupContext, recipient: string): Promise<LookupResult> {
  const tables = mapsOf(context, "transport_maps");
  const bare = withoutExtension(context, recipient);
  const domain = recipient.slice(recipient.lastIndexOf("@") + 1);
  const parents = domainAndParents(domain, parentMatchesSubdomains(context, "transport_maps"));
  const keys = [recipient, ...(bare === null ? [] : [bare]), ...parents, "*"];
  for (const [index, key] of keys.entries()) {
    const result = await findInMaps(askedFor(context, "transport_maps"), tables, { key, partial: index > 0 });
    if (result.kind !== "not-found") return result;
  }
  return NOT_FOUND;
}

/** `smtp:[host]:25` is `smtp` and `[host]:25`. Either may be empty. */
export function splitTransport(text: string): readonly [transport: string, nexthop: string] {
  const colon = text.indexOf(":");
  return colon === -1 ? [text, ""] : [text.slice(0, colon), text.slice(colon + 1)];
}
