import { isDigitCode, isHex } from "./ascii.ts";

/** The 4 or 16 bytes of an address as inet_pton(3) reads it, an IPv4 tail of an IPv6 address included; null for anything else. */
export function parseIpAddress(text: string): readonly number[] | null {
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

/** A number of at most three digits and no leading zero. */
export function parseDecimal(text: string, max: number): number | null {
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
