import type { Random } from "./random.ts";

/** A client or server somewhere, as a log names it. */
export interface Peer {
  readonly name: string;
  readonly address: string;
}

/** Who takes part: enough different names that no cache of them holds all, few enough that the frequent ones return. */
export interface World {
  /** A mail server of another site, with a name. */
  server(): Peer;
  /** A machine that nobody asked: often without a name. */
  stranger(): Peer;
  /** A customer's machine, for submission and IMAP. */
  customer(): Peer;
  /** An address of this site. */
  user(): string;
  /** An address elsewhere. */
  correspondent(): string;
  queueId(): string;
  messageId(): string;
  /** Process id of one of a daemon's few processes. */
  pid(daemon: string): number;
  /** Bytes of a message: mostly small, some large. */
  size(): number;
}

const FIRST = ["anna", "ben", "clara", "david", "elif", "farid", "greta", "hugo", "ines", "jan", "kim", "lena", "mo"];
const LAST = ["abel", "brandt", "costa", "dietz", "eriksen", "fuchs", "garcia", "huang", "ivanov", "jansen", "kaya"];
const SITES = ["partner", "shop", "news", "bank", "school", "city", "lab", "club", "press", "travel", "music", "games"];
const HEX = "0123456789ABCDEF";
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

export function createWorld(random: Random): World {
  /** Squaring makes the first ones frequent, as in life. */
  const frequent = (below: number): number => Math.floor((random.int(below) * random.int(below)) / below);
  const site = (): string => `${SITES[random.int(SITES.length)] ?? ""}${frequent(900)}.example`;
  const octets = (net: string, number: number): string => `${net}.${(number >> 8) & 0xff}.${number & 0xff}`;
  const person = (): string => `${FIRST[random.int(FIRST.length)] ?? ""}.${LAST[random.int(LAST.length)] ?? ""}`;

  return {
    server() {
      const number = frequent(40_000);
      const domain = `${SITES[number % SITES.length] ?? ""}${number % 900}.example`;
      const address = number % 7 === 0 ? `2001:db8:${number.toString(16)}::25` : octets("198.51", number);
      return { name: `mx${number % 4}.${domain}`, address };
    },
    stranger() {
      const number = random.int(60_000);
      const address = octets("203.0", number);
      return { name: number % 3 === 0 ? `host-${number}.isp.example` : "unknown", address };
    },
    customer() {
      const number = frequent(20_000);
      return { name: `dsl-${number}.access.example`, address: octets("192.0", number) };
    },
    user: () => `${person()}${frequent(60)}@example.com`,
    correspondent: () => `${person()}@${site()}`,
    queueId: () => random.word(HEX, 10),
    messageId: () => `${random.word(LETTERS, 20)}.${random.int(1_000_000)}@${site()}`,
    pid(daemon) {
      let base = 1000;
      for (const letter of daemon) base = (base * 31 + letter.charCodeAt(0)) % 25_000;
      return 1000 + base + random.int(40);
    },
    size: () => 800 + frequent(20_000) + (random.chance(50) ? random.int(8_000_000) : 0),
  };
}
