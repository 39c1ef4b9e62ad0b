import { joinedText } from "../../syntax/lines/joined-text.ts";
import { parseIpNetwork } from "../../syntax/table/ip-network.ts";
import { splitList } from "../../syntax/value/list.ts";
import { effectiveValue } from "../effective.ts";
import { networkHolds, parseAddress } from "./cidr-lookup.ts";
import type { LookupContext } from "./look-up.ts";
import { type ListAnswer, matchList } from "./match-list.ts";

/**
 * Whether a domain is this server's own: listed in `mydestination`, or `[address]` of one of its interfaces (`inet_interfaces`,
 * `proxy_interfaces`): resolve_local() of Postfix.
 */
export async function isLocalDomain(context: LookupContext, domain: string): Promise<ListAnswer | OwnAddress> {
  const name = domain.endsWith(".") && !domain.endsWith("..") ? domain.slice(0, -1) : domain;
  const listed = await matchList(context, "mydestination", { text: name });
  if (listed.kind !== "not-listed" && listed.kind !== "excluded") return listed;
  if (!name.startsWith("[") || !name.endsWith("]")) return listed;
  const own = isOwnAddress(context, name.slice(1, -1));
  return own === "no" ? listed : { kind: own === "yes" ? "own-address" : "maybe-own-address", address: name };
}

/** `maybe-own-address`: whether the machine has that address is not to be seen in its configuration. */
export interface OwnAddress {
  readonly kind: "own-address" | "maybe-own-address";
  readonly address: string;
}

/** Whether an address is one of this machine's, as far as its configuration tells. */
export function isOwnAddress(context: LookupContext, text: string): "yes" | "no" | "unknown" {
  const address = parseAddress(text.toLowerCase().startsWith("ipv6:") ? text.slice(5) : text);
  if (address === null) return "no";
  const words = ["inet_interfaces", "proxy_interfaces"].flatMap((parameter) => {
    const value = effectiveValue(context.server, parameter, context.service).expanded ?? "";
    return splitList(joinedText(value)).elements.map((element) => element.content.toLowerCase());
  });
  const isLoopback = LOOPBACK.some((one) => networkHolds(one, address));
  let answer: "no" | "unknown" = "no";
  for (const word of words) {
    if (word === "loopback-only") {
      if (isLoopback) return "yes";
      continue;
    }
    const listed = parseIpNetwork(word);
    if (typeof listed !== "string") {
      if (networkHolds(listed, address)) return "yes";
    } else if (word === "all" && isLoopback) return "yes";
    // `all`, or a name that only a resolver knows.
    else answer = "unknown";
  }
  return answer;
}

const LOOPBACK = ["127.0.0.1", "::1"].flatMap((text) => {
  const network = parseIpNetwork(text);
  return typeof network === "string" ? [] : [network];
});
