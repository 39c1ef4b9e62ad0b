import { lowerAscii } from "../../text/ascii.ts";
import { effectiveValue } from "../effective.ts";
import { withoutExtension } from "./address-extension.ts";
import { findInMaps } from "./find-in-maps.ts";
import { isLocalDomain } from "./local-domain.ts";
import type { LookupContext } from "./look-up.ts";
import { type LookupResult, NOT_FOUND, tablePlace } from "./lookup-result.ts";

/** What was found, and under which key. */
export interface AddressAnswer {
  readonly result: LookupResult;
  readonly key: string | null;
}

/**
 * An address in tables of addresses, as smtpd(8) and cleanup(8) look for it in `canonical_maps`, `virtual_alias_maps`,
 * `local_recipient_maps` and their like (mail_addr_find() of Postfix; virtual(5), "TABLE SEARCH ORDER"): the address, without its
 * extension; the local part with and without it if the domain is local or `$myorigin`; `@domain`. Each key is looked for in all tables before the
 * next key.
 */
export async function findAddress(
  context: LookupContext,
  tables: readonly string[],
  address: string,
  options: { readonly existence?: boolean } = {},
): Promise<AddressAnswer> {
  if (address === "" || tables.length === 0) return { result: NOT_FOUND, key: null };
  const at = address.lastIndexOf("@");
  const bare = withoutExtension(context, address);
  let undecided: AddressAnswer | null = null;
  const ask = async (key: string, partial: boolean): Promise<AddressAnswer | null> => {
    const result = await findInMaps(context, tables, { key, partial, ...options });
    if (result.kind === "not-found") return null;
    if (result.kind !== "unknown" || options.existence !== true)
      return undecided === null || result.kind === "found" ? { result, key } : undecided;
    undecided ??= { result, key };
    return null;
  };
  const whole = (await ask(address, false)) ?? (bare === null ? null : await ask(bare, true));
  if (whole !== null) return whole;
  if (at !== -1) {
    const domain = address.slice(at + 1);
    const local = isOrigin(context, domain) ? ORIGIN : await isLocalDomain(context, domain);
    if (local.kind === "listed" || local.kind === "own-address") {
      const found =
        (await ask(address.slice(0, at), true)) ??
        (bare === null ? null : await ask(bare.slice(0, bare.lastIndexOf("@")), true));
      if (found !== null) return found;
    } else if (local.kind !== "not-listed" && local.kind !== "excluded") {
      return { result: undecidedLocal(local.kind === "failed", domain), key: address.slice(0, at) };
    }
    const all = await ask(address.slice(at), true);
    if (all !== null) return all;
  }
  return undecided ?? { result: NOT_FOUND, key: null };
}

const ORIGIN = { kind: "own-address", address: "$myorigin" } as const;

/** Local parts alone stand for $myorigin's addresses too, whether or not mydestination lists it. */
function isOrigin({ server, service }: LookupContext, domain: string): boolean {
  const origin = effectiveValue(server, "myorigin", service).expanded ?? "";
  return lowerAscii(origin) === lowerAscii(domain);
}

function undecidedLocal(failed: boolean, domain: string): LookupResult {
  return {
    kind: failed ? "failed" : "unknown",
    reason: `whether ${domain} is a local domain could not be decided`,
    place: tablePlace("mydestination"),
  };
}
