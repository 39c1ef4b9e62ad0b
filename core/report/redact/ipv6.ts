const GROUPS = 8;

/** The eight groups of an IPv6 address (RFC 4291, an IPv4 tail included); null for anything else, such as `10:00:00`. */
export function readIpv6(text: string): readonly number[] | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [left, right] = halves.map((half) => groupsOf(half));
  if (left === undefined || left === null || right === null) return null;
  if (right === undefined) return left.length === GROUPS ? left : null;
  const missing = GROUPS - left.length - right.length;
  return missing < 1 ? null : [...left, ...Array.from({ length: missing }, () => 0), ...right];
}

function groupsOf(half: string): number[] | null {
  if (half === "") return [];
  const groups: number[] = [];
  for (const part of half.split(":")) {
    const octets = part.split(".");
    if (octets.length === 4 && octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) <= 255)) {
      const [a = 0, b = 0, c = 0, d = 0] = octets.map(Number);
      groups.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9A-Fa-f]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else {
      return null;
    }
  }
  return groups;
}
