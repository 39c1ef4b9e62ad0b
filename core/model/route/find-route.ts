import { joinedText } from "../../syntax/lines/joined-text.ts";
import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { splitList } from "../../syntax/value/list.ts";
import { effectiveValue } from "../effective.ts";
import { findAddress } from "../lookup/find-address.ts";
import { mapsOf } from "../lookup/find-in-maps.ts";
import type { LookupContext } from "../lookup/look-up.ts";
import { joinPath } from "../paths.ts";
import { servicesRunning } from "../services.ts";
import { chooseTransport } from "./choose-transport.ts";
import { byEntry, undecidedLookup, valueOf } from "./decision.ts";
import { applyCanonical, type Expanded, expandAliases } from "./expand-recipient.ts";
import { localDelivery } from "./local-delivery.ts";
import type { MailRoute, RouteDelivery, RouteDestination, RouteRequest, RouteStage } from "./mail-route.ts";
import { checkRecipient } from "./recipient-check.ts";
import { resolveRecipient } from "./resolve-recipient.ts";
import { rewriteAddress } from "./rewrite-address.ts";
import { localTest, resolveSettings } from "./route-settings.ts";
import { splitTransport } from "./transport-maps.ts";

/** A mail with more recipients than this is not drawn further. */
const MOST_DESTINATIONS = 1000;

/**
 * Where a mail would go: through smtpd(8) and cleanup(8), a content filter and back, to a transport and next hop for each recipient it
 * expands to. Reads tables and asks nobody: DNS, databases and users of the machine are named as unknown. `context.service` is not used:
 * each step sees the parameters as its own program does.
 * @throws never; an unknown service name is that of no service, see `smtpdNamed`
 */
export async function findRoute(context: LookupContext, request: RouteRequest): Promise<MailRoute> {
  const entry = smtpdNamed(context, request.service);
  const rewriting = seenBy(context, "trivial-rewrite");
  const settings = resolveSettings(rewriting);
  const rewritten = rewriteAddress(request.recipient, settings);
  const first = await stageOf(context, entry, [rewritten.address]);
  const stages: RouteStage[] = [
    { ...first, rewritten: { from: request.recipient, to: rewritten.address, reasons: rewritten.reasons } },
  ];
  const back = first.filter === null ? null : afterFilter(context, first.filter.nexthop);
  if (back !== null && first.end === null) stages.push(await stageOf(context, back, first.addresses));

  const destinations: RouteDestination[] = [];
  const last = stages.at(-1);
  for (const address of last?.addresses.slice(0, MOST_DESTINATIONS) ?? []) {
    destinations.push(await destinationOf(context, address, request.sender));
  }
  return { request, stages, destinations };
}

/** The smtpd service of that name (`submission`, `127.0.0.1:10025`); without a name the first one. Null: there is none. */
export function smtpdNamed({ server }: LookupContext, name: string | null): MasterService | null {
  const services = servicesRunning(server, "smtpd");
  if (name === null) return services.find((one) => one.name === "smtp") ?? services[0] ?? null;
  return services.find((one) => one.name === name) ?? null;
}

async function stageOf(
  context: LookupContext,
  service: MasterService | null,
  given: readonly string[],
): Promise<RouteStage> {
  const smtpd = { ...context, service };
  const options = valueOf(smtpd, "receive_override_options");
  const isUnmapped = splitList(joinedText(options.text)).elements.some(({ text }) => text === "no_address_mappings");
  const stage = { service, rewritten: null, filter: filterOf(smtpd) };
  if (isUnmapped) return { ...stage, unmapped: options.decision, expansions: [], addresses: given, end: null };

  const cleanup = { ...context, service: cleanupOf(smtpd) };
  const expansions: Expanded["steps"][number][] = [];
  const addresses: string[] = [];
  let end: Expanded["end"] = null;
  for (const address of given) {
    const expanded = await cleanUp(cleanup, resolveSettings(seenBy(context, "trivial-rewrite")), address);
    expansions.push(...expanded.steps);
    addresses.push(...expanded.addresses);
    end ??= expanded.end;
  }
  return { ...stage, unmapped: null, expansions, addresses: [...new Set(addresses)], end };
}

/** canonical tables, then virtual aliases, in the order of cleanup(8). */
async function cleanUp(
  cleanup: LookupContext,
  settings: ReturnType<typeof resolveSettings>,
  given: string,
): Promise<Expanded> {
  const steps: Expanded["steps"][number][] = [];
  let address = given;
  for (const [parameter, classes] of CANONICAL) {
    const applies = splitList(joinedText(valueOf(cleanup, classes).text)).elements;
    if (!applies.some(({ text }) => text === "envelope_recipient")) continue;
    const canonical = await applyCanonical(cleanup, parameter, address, settings);
    steps.push(...canonical.steps);
    address = canonical.addresses[0] ?? address;
    if (canonical.end !== null) return { steps, addresses: [address], end: canonical.end };
  }
  const limit = (name: string): number => Number(valueOf(cleanup, name).text) || 1000;
  const limits = {
    expansion: limit("virtual_alias_expansion_limit"),
    recursion: limit("virtual_alias_recursion_limit"),
  };
  const expanded = await expandAliases(cleanup, address, limits, settings);
  return { ...expanded, steps: [...steps, ...expanded.steps] };
}

/** recipient_canonical_maps has no list of classes of its own that leaves recipients out. */
const CANONICAL = [
  ["recipient_canonical_maps", "recipient_canonical_classes"],
  ["canonical_maps", "canonical_classes"],
] as const;

function filterOf(smtpd: LookupContext): RouteStage["filter"] {
  const { text, decision } = valueOf(smtpd, "content_filter");
  if (text === "") return null;
  const [transport, nexthop] = splitTransport(text);
  return { transport, nexthop, decision };
}

/** The smtpd that takes mail back from a filter: the only one without a filter of its own that listens on this machine alone. */
function afterFilter(context: LookupContext, nexthop: string): MasterService | null {
  const back = servicesRunning(context.server, "smtpd").filter((service) => {
    const isLocal =
      service.name.startsWith("127.") || service.name.startsWith("[::1]") || service.name.startsWith("localhost:");
    return isLocal && filterOf({ ...context, service }) === null && service.name !== nexthop;
  });
  return back.length === 1 ? (back[0] ?? null) : null;
}

async function destinationOf(
  context: LookupContext,
  address: string,
  sender: string | null,
): Promise<RouteDestination> {
  const rewriting = seenBy(context, "trivial-rewrite");
  const resolved = await resolveRecipient(address, resolveSettings(rewriting), localTest(rewriting));
  if ("kind" in resolved) {
    const transport = { class: null, choices: [], end: resolved };
    return { address, recipient: null, transport, delivery: null, check: resolved };
  }
  const transport = await chooseTransport(rewriting, resolved, sender);
  const chosen = transport.choices.at(-1);
  const check =
    transport.class === null
      ? checkWithoutClass(transport.end)
      : await checkRecipient(context, resolved.recipient, transport.class.addressClass);
  const delivery =
    chosen === undefined || transport.end !== null
      ? null
      : await deliveryOf(context, resolved.recipient, chosen.transport, chosen.nexthop);
  return { address, recipient: resolved.recipient, transport, delivery, check };
}

function checkWithoutClass(end: RouteDestination["transport"]["end"]): RouteDestination["check"] {
  if (end?.kind !== "bad-address") return end ?? { kind: "unchecked" };
  return { kind: "unlisted", parameter: "", reply: "501 5.1.3 Bad recipient address syntax" };
}

async function deliveryOf(
  context: LookupContext,
  recipient: string,
  transport: string,
  nexthop: string,
): Promise<RouteDelivery> {
  const service = transportService(context, transport);
  const agent = { ...context, service };
  return {
    transport,
    nexthop,
    service,
    local: service?.command === "local" ? await localDelivery(agent, recipient) : null,
    mailbox: service?.command === "virtual" ? await mailboxOf(agent, recipient) : null,
  };
}

/** virtual(8) looks for the mailbox itself. */
async function mailboxOf(context: LookupContext, recipient: string): Promise<RouteDelivery["mailbox"]> {
  const parameter = "virtual_mailbox_maps";
  const { result } = await findAddress(context, mapsOf(context, parameter), recipient);
  if (result.kind === "failed" || result.kind === "unknown") return undecidedLookup(parameter, result);
  if (result.kind === "not-found") return null;
  const path = joinPath(valueOf(context, "virtual_mailbox_base").text, result.value);
  return { path, decision: byEntry(parameter, result.place) };
}

/** The delivery agent of that name: no `inet` service can be one. */
function transportService({ server }: LookupContext, name: string): MasterService | null {
  const named = server.master?.tree.services.filter((one) => one.name === name && one.type !== "inet");
  return named?.at(-1) ?? null;
}

/** A context as the first service that runs a program sees it. */
function seenBy(context: LookupContext, command: string): LookupContext {
  return { ...context, service: servicesRunning(context.server, command)[0] ?? null };
}

function cleanupOf({ server, service }: LookupContext): MasterService | null {
  const name = effectiveValue(server, "cleanup_service_name", service).expanded ?? "cleanup";
  const named = servicesRunning(server, "cleanup");
  return named.find((one) => one.name === name) ?? null;
}
