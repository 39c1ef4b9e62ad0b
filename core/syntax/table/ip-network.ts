import { isDigitCode, isHex } from "../../text/ascii.ts";

/** An address or network as Postfix's tables and match lists write it; `bytes` has 4 or 16 of them. */
export interface IpNetwork {
  readonly bytes: readonly number[];
  /** Bits of the network part; 32 or 128 for a single address. */
  readonly prefix: number;
}

function parseDecimal(text: string, max: number): number | null {
  if (text === "" || text.length > 3 || (text.length > 1 && text.startsWith("0"))) return null;
  for (let at = 0; at < text.length; at += 1) if (!isDigitCode(text.charCodeAt(at))) return null;
  const value = Number(text);
  return value <= max ? value : null;
}

function parseIpv4(text: string): readonly number[] | null {
  const bytes: number[] = [];
  for (const part of text.split(".", 5)) {
    const byte = parseDecimal(part, 255);
    if (byte === null) return null;
    bytes.push(byte);
  }
  return bytes.length === 4 ? bytes : null;
}

function hexGroups(text: string): readonly number[] | null {
  if (text === "") return [];
  const bytes: number[] = [];
  const groups = text.split(":", 9);
  for (const [index, group] of groups.entries()) {
    if (index === groups.length - 1 && group.includes(".")) {
      const tail = parseIpv4(group);
      if (tail === null) return null;
      bytes.push(...tail);
      continue;
    }
    if (group === "" || group.length > 4 || !isHex(group)) return null;
    const value = Number.parseInt(group, 16);
    bytes.push(value >> 8, value & 255);
  }
  return bytes;
}

function parseIpv6(text: string): readonly number[] | null {
  if (text.length > 45) return null;
  const gap = text.indexOf("::");
  if (gap === -1) {
    const bytes = hexGroups(text);
    return bytes?.length === 16 ? bytes : null;
  }
  const head = hexGroups(text.slice(0, gap));
  const tail = hexGroups(text.slice(gap + 2));
  if (head === null || tail === null || head.length + tail.length > 14) return null;
  return [...head, ...Array.from({ length: 16 - head.length - tail.length }, () => 0), ...tail];
}

/** Whether all bits after the prefix are zero. */
function isClean(network: IpNetwork): boolean {
  return network.bytes.every((byte, index) => {
    const hostBits = Math.min(8, Math.max(0, (index + 1) * 8 - network.prefix));
    return (byte & ((1 << hostBits) - 1)) === 0;
  });
}

/** `a.b.c.d`, `a.b.c.d/n`, IPv6 likewise (brackets allowed). `host-bits`: Postfix refuses a network with bits after its prefix. */
export function parseIpNetwork(text: string): IpNetwork | "bad-network" | "host-bits" {
  const unbracketed = text.startsWith("[") ? unbracket(text) : text;
  if (unbracketed === null) return "bad-network";
  const slash = unbracketed.indexOf("/");
  const address = slash === -1 ? unbracketed : unbracketed.slice(0, slash);
  const bytes = address.includes(":") ? parseIpv6(address) : parseIpv4(address);
  if (bytes === null) return "bad-network";
  const bits = bytes.length * 8;
  const prefix = slash === -1 ? bits : parseDecimal(unbracketed.slice(slash + 1), bits);
  if (prefix === null) return "bad-network";
  const network = { bytes, prefix };
  return isClean(network) ? network : "host-bits";
}

/** `[address]/n` and `[address/n]` without the brackets. */
function unbracket(text: string): string | null {
  const close = text.indexOf("]");
  if (close === -1) return null;
  const rest = text.slice(close + 1);
  return rest === "" || rest.startsWith("/") ? text.slice(1, close) + rest : null;
}
