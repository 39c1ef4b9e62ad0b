import { type IpNetwork, parseIpNetwork } from "../syntax/table/ip-network.ts";

/** How an address with bits behind its prefix is to be written: `10.0.0.1/8` is `10.0.0.0/8`. Null for what is no such address. */
export function withoutHostBits(text: string): string | null {
  if (parseIpNetwork(text) !== "host-bits") return null;
  const slash = text.lastIndexOf("/");
  const prefix = Number(text.slice(slash + 1).replace("]", ""));
  const address = parseIpNetwork(text.slice(0, slash).replace("[", "").replace("]", ""));
  if (typeof address === "string") return null;
  return `${formatAddress(masked(address.bytes, prefix))}/${prefix}`;
}

function masked(bytes: IpNetwork["bytes"], prefix: number): readonly number[] {
  return bytes.map((byte, index) => byte & (0xff << Math.min(8, Math.max(0, (index + 1) * 8 - prefix))) & 0xff);
}

/** As inet_ntop(3) writes it. */
function formatAddress(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join(".");
  const groups: number[] = [];
  for (let at = 0; at < bytes.length; at += 2) groups.push(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
  const gap = longestZeros(groups);
  const hex = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(":");
  return gap === null ? hex(groups) : `${hex(groups.slice(0, gap.start))}::${hex(groups.slice(gap.end))}`;
}

/** The first of the longest runs of two zeros and more. */
function longestZeros(groups: readonly number[]): { readonly start: number; readonly end: number } | null {
  let best: { readonly start: number; readonly end: number } | null = null;
  for (let start = 0; start < groups.length; start += 1) {
    let end = start;
    while (groups[end] === 0) end += 1;
    if (end - start >= 2 && end - start > (best === null ? 0 : best.end - best.start)) best = { start, end };
    start = Math.max(start, end);
  }
  return best;
}
