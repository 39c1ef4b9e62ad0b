import { parseDecimal, parseIpAddress } from "../../text/ip-address.ts";

/** An address or network as Postfix's tables and match lists write it; `bytes` has 4 or 16 of them. */
export interface IpNetwork {
  readonly bytes: readonly number[];
  /** Bits of the network part; 32 or 128 for a single address. */
  readonly prefix: number;
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
  const bytes = parseIpAddress(address);
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
