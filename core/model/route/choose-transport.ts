import { findAddress } from "../lookup/find-address.ts";
import { mapsOf } from "../lookup/find-in-maps.ts";
import type { LookupContext } from "../lookup/look-up.ts";
import { matchList } from "../lookup/match-list.ts";
import { askedFor } from "../lookup/without-groups.ts";
import {
  byEntry,
  byPattern,
  type Decision,
  type PlacedValue,
  type Undecided,
  undecidedList,
  undecidedLookup,
  valueOf,
} from "./decision.ts";
import type { ResolvedRecipient } from "./resolve-recipient.ts";
import { findTransport, splitTransport } from "./transport-maps.ts";

/** The address classes of ADDRESS_CLASS_README. */
export type AddressClass = "local" | "virtual-alias" | "virtual-mailbox" | "relay" | "default";

/** The class of a recipient's domain; `decision` null: no list holds it. */
export interface ClassChoice {
  readonly addressClass: AddressClass;
  readonly decision: Decision | null;
}

/** A setting or entry named a transport, a next hop or both. */
export interface TransportChoice {
  /** A service of master.cf. */
  readonly transport: string;
  readonly nexthop: string;
  readonly decision: Decision;
}

/** How a recipient came by its transport. The last choice counts. */
export interface Transport {
  readonly class: ClassChoice | null;
  readonly choices: readonly TransportChoice[];
  /** Null if all could be told. `bad-address`: it is no address, so there is no transport. */
  readonly end: Undecided | { readonly kind: "bad-address" } | null;
}

const CLASS_TRANSPORT: Readonly<Record<Exclude<AddressClass, "virtual-alias">, string>> = {
  local: "local_transport",
  "virtual-mailbox": "virtual_transport",
  relay: "relay_transport",
  default: "default_transport",
};

/**
 * Which transport and next hop a recipient gets, as trivial-rewrite(8) decides: by its class, by sender-dependent tables and relayhost,
 * by transport_maps, by relocated_maps. `sender` is the envelope sender; empty for a notification, null if nobody said.
 */
export async function chooseTransport(
  context: LookupContext,
  { recipient, domain, local, isBad }: ResolvedRecipient,
  sender: string | null,
): Promise<Transport> {
  const choices: TransportChoice[] = [];
  if (isBad) return { class: null, choices, end: { kind: "bad-address" } };
  const found = await classOf(context, domain, local);
  if ("kind" in found) return { class: null, choices, end: found };
  const stop = (end: Undecided): Transport => ({ class: found, choices, end });
  const choose = (transport: string, nexthop: string, decision: Decision): void => {
    choices.push({ transport, nexthop, decision });
  };

  if (found.addressClass === "virtual-alias") {
    const names = valueOf(context, "show_user_unknown_table_name").text !== "no";
    choose("error", `5.1.1 User unknown${names ? " in virtual alias table" : ""}`, found.decision ?? NOWHERE);
  } else {
    const isRemote = found.addressClass === "relay" || found.addressClass === "default";
    let own = valueOf(context, CLASS_TRANSPORT[found.addressClass]);
    if (found.addressClass === "default") {
      const bySender = await askBySender(context, "sender_dependent_default_transport_maps", sender);
      if (bySender !== null && "kind" in bySender) return stop(bySender);
      own = bySender ?? own;
    }
    const [transport, host] = splitTransport(own.text);
    choose(transport, host === "" ? domain : host, own.decision);
    if (isRemote) {
      const relay = await relayFor(context, sender);
      if (relay !== null && "kind" in relay) return stop(relay);
      // A next hop that the transport's own setting names wins.
      if (relay !== null && host === "") choose(transport, relay.text, relay.decision);
    }
  }

  const mapped = await findTransport(context, recipient);
  if (mapped.kind === "failed" || mapped.kind === "unknown") return stop(undecidedLookup("transport_maps", mapped));
  if (mapped.kind === "found") {
    const [transport, host] = splitTransport(mapped.value);
    const before = choices.at(-1);
    const nexthop = host === "" ? (transport === "" ? before?.nexthop : domain) : host;
    choose(
      transport === "" ? (before?.transport ?? "") : transport,
      nexthop ?? domain,
      byEntry("transport_maps", mapped.place),
    );
  }

  const moved = await findAddress(context, mapsOf(context, "relocated_maps"), recipient);
  if (moved.result.kind === "failed" || moved.result.kind === "unknown") {
    return stop(undecidedLookup("relocated_maps", moved.result));
  }
  if (moved.result.kind === "found") {
    choose("error", `5.1.6 User has moved to ${moved.result.value}`, byEntry("relocated_maps", moved.result.place));
  }
  return { class: found, choices, end: null };
}

const NOWHERE: Decision = { parameter: "virtual_alias_domains", table: null, file: null, span: null };

/** The next hop instead of the domain: by the sender, else relayhost. Null: none. */
async function relayFor(context: LookupContext, sender: string | null): Promise<PlacedValue | Undecided | null> {
  const bySender = await askBySender(context, "sender_dependent_relayhost_maps", sender);
  if (bySender !== null) return bySender;
  const relayhost = valueOf(context, "relayhost");
  return relayhost.text === "" ? null : relayhost;
}

/** What a sender-dependent parameter says; null if it has no table or none that knows the sender. */
async function askBySender(
  context: LookupContext,
  parameter: string,
  sender: string | null,
): Promise<PlacedValue | Undecided | null> {
  const tables = mapsOf(context, parameter);
  if (tables.length === 0) return null;
  if (sender === null) return { kind: "unknown", parameter, reason: "the sender decides, and none was given" };
  // A notification has no sender: tables know it under a name of its own.
  const key = sender === "" ? valueOf(context, NULL_KEYS[parameter] ?? "").text || "<>" : sender;
  const { result } = await findAddress(askedFor(context, parameter), tables, key);
  if (result.kind === "not-found") return null;
  if (result.kind !== "found") return undecidedLookup(parameter, result);
  // As if the table did not know the sender.
  if (result.value.toUpperCase() === "DUNNO") return null;
  return { text: result.value, decision: byEntry(parameter, result.place) };
}

const NULL_KEYS: Readonly<Record<string, string>> = {
  sender_dependent_default_transport_maps: "empty_address_default_transport_maps_lookup_key",
  sender_dependent_relayhost_maps: "empty_address_relayhost_maps_lookup_key",
};

/** In the order in which trivial-rewrite(8) asks. Only relay_domains may match by a parent domain. */
const LISTS = [
  ["virtual_alias_domains", "virtual-alias"],
  ["virtual_mailbox_domains", "virtual-mailbox"],
  ["relay_domains", "relay"],
] as const;

async function classOf(
  context: LookupContext,
  domain: string,
  local: Decision | null,
): Promise<ClassChoice | Undecided> {
  if (local !== null) return { addressClass: "local", decision: local };
  for (const [parameter, addressClass] of LISTS) {
    const subject = parameter === "relay_domains" ? { host: domain } : { text: domain };
    const answer = await matchList(context, parameter, subject);
    if (answer.kind === "listed") {
      return { addressClass, decision: byPattern(parameter, answer.pattern, answer.place) };
    }
    if (answer.kind === "failed" || answer.kind === "unknown") return undecidedList(parameter, answer);
  }
  return { addressClass: "default", decision: null };
}
