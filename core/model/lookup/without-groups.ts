import type { LookupContext } from "./look-up.ts";

/** The program that opens a setting's tables so. */
interface Reader {
  readonly command: "trivial-rewrite" | "local" | "virtual";
  /** A `proxy:` in front is ignored. Where it is not, proxymap(8) opens the table and lets groups through. */
  readonly ignoresProxy: boolean;
}

const RESOLVER: Reader = { command: "trivial-rewrite", ignoresProxy: false };
const LOCAL: Reader = { command: "local", ignoresProxy: true };
const LOCAL_TRANSPORT: Reader = { command: "local", ignoresProxy: false };
const VIRTUAL: Reader = { command: "virtual", ignoresProxy: true };

/**
 * The settings in whose pcre: and regexp: tables no rule with a `$1` in its result counts: a stranger would have a say in where mail goes,
 * into which file or to which command (transport(5), aliases(5), virtual(8); heard of a running Postfix for each of them). Other programs
 * that read the same setting take such rules, such as smtpd(8), which knows recipients from alias_maps.
 */
export const WITHOUT_GROUPS: ReadonlyMap<string, Reader> = new Map([
  ["transport_maps", RESOLVER],
  ["sender_dependent_relayhost_maps", RESOLVER],
  ["sender_dependent_default_transport_maps", RESOLVER],
  ["address_verify_transport_maps", RESOLVER],
  ["address_verify_sender_dependent_relayhost_maps", RESOLVER],
  ["address_verify_sender_dependent_default_transport_maps", RESOLVER],
  ["alias_maps", LOCAL],
  ["mailbox_command_maps", LOCAL],
  ["mailbox_transport_maps", LOCAL_TRANSPORT],
  ["fallback_transport_maps", LOCAL_TRANSPORT],
  ["virtual_mailbox_maps", VIRTUAL],
  ["virtual_uid_maps", VIRTUAL],
  ["virtual_gid_maps", VIRTUAL],
]);

/** The context in which the program that acts on a setting looks into its tables. */
export function askedFor(context: LookupContext, parameter: string): LookupContext {
  const reader = WITHOUT_GROUPS.get(parameter);
  return reader === undefined ? context : { ...context, groups: reader.ignoresProxy ? "never" : "through-proxymap" };
}
