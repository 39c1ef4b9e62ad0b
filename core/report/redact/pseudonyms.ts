import { parseIpAddress } from "../../text/ip-address.ts";

/** A keyed hash: at least 16 bytes that nobody can compute, or turn back, without the key. */
export type KeyedHash = (text: string) => Uint8Array;

/** What stands for what: the same for the same, within a run, and with the same key in every run. */
export interface Pseudonyms {
  /** `anna@mail.example.com` → `ub2c4…@h…`, its parts each for itself. */
  address(text: string): string;
  /** Label by label from the right, so that a host stays below its domain: `h….h….example`. */
  host(text: string): string;
  ipv4(text: string): string;
  /** Of what is no address, such as `fe80::1%eth0` or `host:514`, what a host of that name becomes. */
  ipv6(text: string): string;
  word(text: string): string;
  /** An identifier that must keep its length. */
  id(text: string): string;
  digits(text: string): string;
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const LENGTH = 10;
/** Accounts that every machine has. */
const EVERYBODY = new Set(["root", "postmaster", "mailer-daemon", "nobody", "double-bounce", "abuse", "noreply"]);
const LOCAL = new Set(["localhost", "localhost.localdomain", "localdomain", "unknown", "none", "local"]);
/** RFC 5737. */
const DOCUMENTATION = ["192.0.2.", "198.51.100.", "203.0.113."] as const;
const LAST_OCTETS = 254;
const MOST_KEPT = 200_000;
/** RFC 1035: 255 octets have room for no more; what has is no name of a host. */
const MOST_LABELS = 127;

/**
 * @param sequential the first addresses become those set aside for documentation, in the order of their coming;
 * otherwise each is computed, so that it is the same in every run
 */
export function createPseudonyms(hash: KeyedHash, sequential: boolean): Pseudonyms {
  const known = new Map<string, string>();
  let handedOut = 0;

  function remember(kind: string, text: string, make: () => string): string {
    const key = `${kind} ${text}`;
    const old = known.get(key);
    if (old !== undefined) return old;
    const made = make();
    // Addresses that were handed out cannot be computed again.
    if (known.size < MOST_KEPT || (kind === "ipv4" && sequential)) known.set(key, made);
    return made;
  }

  function letters(kind: string, text: string, length = LENGTH): string {
    const bytes = hash(`${kind} ${text}`);
    let out = "";
    for (let index = 0; index < length; index += 1) out += ALPHABET[(bytes[index % bytes.length] ?? 0) & 31] ?? "";
    return out;
  }

  function host(text: string): string {
    const name = text.toLowerCase();
    if (LOCAL.has(name)) return text;
    return remember("host", name, () => {
      const labels = name.replace(/\.$/, "").split(".");
      if (labels.length === 1 || labels.length > MOST_LABELS) return `h${letters("host", name)}`;
      const made = labels.slice(0, -1).map((_, index) => `h${letters("host", labels.slice(index).join("."))}`);
      return `${made.join(".")}.example`;
    });
  }

  function ipv4(text: string): string {
    if (text.startsWith("127.") || text === "0.0.0.0" || text === "255.255.255.255") return text;
    return remember("ipv4", text, () => {
      const place = Math.floor(handedOut / LAST_OCTETS);
      const range = DOCUMENTATION[place];
      if (sequential && range !== undefined) {
        handedOut += 1;
        return `${range}${((handedOut - 1) % LAST_OCTETS) + 1}`;
      }
      // 240.0.0.0/4 is nobody's.
      const [a = 0, b = 0, c = 0, d = 0] = hash(`ipv4 ${text}`);
      return `${240 + (a & 15)}.${b}.${c}.${d}`.replace("255.255.255.255", "254.255.255.255");
    });
  }

  return {
    address(text) {
      const at = text.lastIndexOf("@");
      const local = text.slice(0, at);
      const domain = text.slice(at + 1);
      const user = EVERYBODY.has(local.toLowerCase()) ? local : `u${letters("user", local)}`;
      return `${user}@${host(domain)}`;
    },
    host,
    ipv4,
    ipv6(text) {
      const address = parseIpAddress(text);
      if (address === null) return host(text);
      if (address.every((byte, index) => byte === (index === 15 ? 1 : 0))) return text;
      const groups = address.flatMap((byte, index) =>
        index % 2 === 0 ? [byte * 256 + (address[index + 1] ?? 0)] : [],
      );
      return remember("ipv6", groups.join(), () => {
        const bytes = hash(`ipv6 ${groups.join()}`);
        const group = (index: number): string => (((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0)).toString(16);
        // RFC 3849.
        return `2001:db8:${group(0)}:${group(2)}:${group(4)}:${group(6)}:${group(8)}:${group(10)}`;
      });
    },
    word: (text) =>
      EVERYBODY.has(text.toLowerCase()) || LOCAL.has(text.toLowerCase())
        ? text
        : remember("word", text, () => `x${letters("word", text)}`),
    id: (text) => remember("id", text, () => letters("id", text, Math.min(64, Math.max(1, text.length)))),
    digits: (text) =>
      remember("digits", text, () => {
        const bytes = hash(`digits ${text}`);
        let out = "";
        for (let index = 0; index < text.length; index += 1) out += String((bytes[index % bytes.length] ?? 0) % 10);
        return out;
      }),
  };
}
