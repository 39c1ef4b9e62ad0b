import type { Pseudonyms } from "./pseudonyms.ts";

/** How many different ones were replaced. */
export interface Replaced {
  readonly addresses: number;
  readonly hosts: number;
  readonly ips: number;
  /** Words of subjects, users, and all that no program says to everybody. */
  readonly words: number;
  /** Message-ids, session ids, long numbers. */
  readonly ids: number;
}

/** The same pseudonyms, and how many were needed since. What they leave as it is does not count. */
export function countNames(names: Pseudonyms): { readonly names: Pseudonyms; replaced(): Replaced } {
  const seen = {
    addresses: new Set<string>(),
    hosts: new Set<string>(),
    ips: new Set<string>(),
    words: new Set<string>(),
    ids: new Set<string>(),
  };
  const counted = (kind: Set<string>, replace: (text: string) => string) => (text: string) => {
    const made = replace(text);
    if (made !== text) kind.add(made);
    return made;
  };
  return {
    names: {
      address: counted(seen.addresses, (text) => names.address(text)),
      host: counted(seen.hosts, (text) => names.host(text)),
      ipv4: counted(seen.ips, (text) => names.ipv4(text)),
      ipv6: counted(seen.ips, (text) => names.ipv6(text)),
      word: counted(seen.words, (text) => names.word(text)),
      id: counted(seen.ids, (text) => names.id(text)),
      digits: counted(seen.ids, (text) => names.digits(text)),
    },
    replaced: () => ({
      addresses: seen.addresses.size,
      hosts: seen.hosts.size,
      ips: seen.ips.size,
      words: seen.words.size,
      ids: seen.ids.size,
    }),
  };
}
