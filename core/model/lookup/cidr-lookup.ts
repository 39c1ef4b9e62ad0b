import { oncePer } from "../../memory/remember.ts";
import { type IpNetwork, parseIpNetwork } from "../../syntax/table/ip-network.ts";
import type { CidrRule, CidrTable } from "../../syntax/table/parse-cidr-table.ts";

/** The rule a cidr_table(5) decides with about an address; null for none, and for keys that are no address. */
export function cidrRule(tree: CidrTable, key: string): CidrRule | null {
  const address = parseAddress(key);
  if (address === null) return null;
  const parsed = networksOf(tree);
  /** Outcome of each `if` block by rule index. */
  const open = new Map<number, boolean>();
  for (const rule of tree.rules) {
    if (rule.kind !== "network" && rule.kind !== "if") continue;
    const inside = rule.enclosingIf === null || open.get(rule.enclosingIf) === true;
    const network = parsed[rule.index] ?? null;
    // A network of the other family does not match, not even with `!`.
    const comparable = network !== null && network.bytes.length === address.bytes.length;
    const matches = inside && comparable && networkHolds(network, address) !== rule.negated;
    if (rule.kind === "if") open.set(rule.index, matches);
    else if (matches) return rule;
  }
  return null;
}

/** The bytes of an IPv4 or IPv6 address as inet_pton(3) reads it; null for everything else, networks and brackets included. */
export function parseAddress(text: string): IpNetwork | null {
  if (text.includes("/") || text.includes("[")) return null;
  const parsed = parseIpNetwork(text);
  return typeof parsed === "string" ? null : parsed;
}

/** Whether an address lies in a network. Different families never do. */
export function networkHolds(network: IpNetwork, address: IpNetwork): boolean {
  if (network.bytes.length !== address.bytes.length) return false;
  return network.bytes.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, network.prefix - index * 8));
    const mask = (0xff00 >> bits) & 0xff;
    return (byte & mask) === ((address.bytes[index] ?? 0) & mask);
  });
}

const networksOf = oncePer((tree: CidrTable): readonly (IpNetwork | null)[] =>
  tree.rules.map((rule) => {
    const network = rule.kind === "network" || rule.kind === "if" ? parseIpNetwork(rule.network) : "bad-network";
    return typeof network === "string" ? null : network;
  }),
);
