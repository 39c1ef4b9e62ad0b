import { effectiveValue } from "../effective.ts";
import { withoutExtension } from "./address-extension.ts";
import { parseAddress } from "./cidr-lookup.ts";
import { type LookupContext, lookUp, tableReferenceOf, takesPartialKeys } from "./look-up.ts";
import { type LookupResult, NOT_FOUND } from "./lookup-result.ts";
import { domainAndParents, parentMatchesSubdomains } from "./parent-domains.ts";

/** A key smtpd(8) asks an access table for. `partial`: tables of patterns or networks are not asked for it. */
export interface AccessKey {
  readonly key: string;
  readonly partial: boolean;
}

/** The keys for a host name, in their order: access(5), "HOST NAME/ADDRESS PATTERNS". A name that is an address has no parents. */
export function hostKeys(context: LookupContext, name: string): readonly AccessKey[] {
  const parents = parentMatchesSubdomains(context, "smtpd_access_maps");
  const names = parseAddress(name) === null ? domainAndParents(name, parents) : [name];
  return names.map((key, index) => ({ key, partial: index > 0 }));
}

/** The keys for a client's address: itself, then without its last part, and so on (access(5)). */
export function addressKeys(address: string): readonly AccessKey[] {
  const separator = address.includes(":") ? ":" : ".";
  const keys: AccessKey[] = [];
  let now = address;
  for (;;) {
    keys.push({ key: now, partial: keys.length > 0 });
    const at = now.lastIndexOf(separator);
    if (at === -1) return keys;
    now = now.slice(0, at);
  }
}

/** The keys for a client: its name, and only if that is nowhere its address. */
export function clientKeys(context: LookupContext, name: string, address: string): readonly AccessKey[] {
  return [...hostKeys(context, name), ...addressKeys(address)];
}

/**
 * The keys for a sender or recipient address: access(5), "EMAIL ADDRESS PATTERNS": the address, without its extension, the domain and
 * its parents, `user@` with and without extension. For the empty sender smtpd_null_access_lookup_key; without a domain none.
 */
export function emailKeys(context: LookupContext, address: string): readonly AccessKey[] {
  if (address === "") {
    const key = effectiveValue(context.server, "smtpd_null_access_lookup_key", context.service).expanded ?? "<>";
    return [{ key, partial: false }];
  }
  const at = address.lastIndexOf("@");
  if (at === -1) return [];
  const bare = withoutExtension(context, address);
  const domain = address.slice(at + 1);
  const keys: AccessKey[] = [{ key: address, partial: false }];
  const add = (key: string): void => void keys.push({ key, partial: true });
  if (bare !== null) add(bare);
  for (const { key } of hostKeys(context, domain)) add(key);
  add(address.slice(0, at + 1));
  if (bare !== null) add(bare.slice(0, bare.lastIndexOf("@") + 1));
  return keys;
}

export interface AccessAnswer {
  readonly result: LookupResult;
  /** The key that was found, failed or stayed unknown; null if none was. */
  readonly key: string | null;
}

/** The first key that an access table has. One that fails or cannot be told ends the search. */
export async function lookUpAccess(
  context: LookupContext,
  table: string,
  keys: readonly AccessKey[],
): Promise<AccessAnswer> {
  const reference = tableReferenceOf(table);
  const partial = reference === null || takesPartialKeys(reference);
  for (const { key, partial: isPartial } of keys) {
    if (isPartial && !partial) continue;
    const result = await lookUp(context, table, key);
    if (result.kind !== "not-found") return { result, key };
  }
  return { result: NOT_FOUND, key: null };
}
