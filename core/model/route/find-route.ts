import { joinedText } from "../../syntax/lines/joined-text.ts";
import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { splitList } from "../../syntax/value/list.ts";
import type { LookupContext } from "../lookup/look-up.ts";
import { servicesRunning } from "../services.ts";
import { findCopies, NO_COPIES } from "./blind-copies.ts";
import { cleanUp, makeCanonical } from "./clean-up.ts";
import { cleanupOf } from "./cleanup-of.ts";
import { valueOf } from "./decision.ts";
import type { Expanded } from "./expand-recipient.ts";
import { findDestinations } from "./find-destinations.ts";
import type { RouteContext } from "./forward-file.ts";
import type { MailRoute, RouteRequest, RouteStage } from "./mail-route.ts";
import { rewriteAddress } from "./rewrite-address.ts";
import { resolveSettings } from "./route-settings.ts";
import { seenBy } from "./seen-by.ts";
import { splitTransport } from "./transport-maps.ts";

/**
 * Where a mail would go: through smtpd(8) and cleanup(8), a content filter and back, to a transport and next hop for each recipient it
 * expands to. Reads tables and asks nobody: DNS, databases and users of the machine are named as unknown. `context.service` is not used:
 * each step sees the parameters as its own program does.
 * @throws never; an unknown service name is that of no service, see `smtpdNamed`
 */
export async function findRoute(context: RouteContext, request: RouteRequest): Promise<MailRoute> {
  const entry = smtpdNamed(context, request.service);
  const rewriting = seenBy(context, "trivial-rewrite");
  const settings = resolveSettings(rewriting);
  const rewritten = rewriteAddress(request.recipient, settings);
  const first = await stageOf(context, entry, [rewritten.address], request.sender);
  const stages: RouteStage[] = [
    { ...first, rewritten: { from: request.recipient, to: rewritten.address, reasons: rewritten.reasons } },
  ];
  const back = first.filter === null ? null : afterFilter(context, first.filter.nexthop);
  if (back !== null && first.end === null) stages.push(await stageOf(context, back, first.addresses, request.sender));

  const destinations = await findDestinations(context, stages.at(-1)?.addresses ?? [], request.sender);
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
  sender: string | null,
): Promise<RouteStage> {
  const smtpd = { ...context, service };
  const options = valueOf(smtpd, "receive_override_options");
  const isUnmapped = splitList(joinedText(options.text)).elements.some(({ text }) => text === "no_address_mappings");
  const stage = { service, rewritten: null, filter: filterOf(smtpd) };
  if (isUnmapped)
    return { ...stage, unmapped: options.decision, expansions: [], copies: NO_COPIES, addresses: given, end: null };

  const cleanup = { ...context, service: cleanupOf(smtpd) };
  const expansions: Expanded["steps"][number][] = [];
  const addresses: string[] = [];
  let end: Expanded["end"] = null;
  const settings = resolveSettings(seenBy(context, "trivial-rewrite"));
  const canonical = await Promise.all(given.map((address) => makeCanonical(cleanup, settings, address)));
  const copies = await findCopies(
    cleanup,
    sender,
    canonical.flatMap(({ addresses: one }) => one),
  );
  const copied = copies.added.map(({ address }) => rewriteAddress(address, settings).address);
  for (const address of [...given, ...copied]) {
    const expanded = await cleanUp(cleanup, settings, address);
    expansions.push(...expanded.steps);
    addresses.push(...expanded.addresses);
    end ??= expanded.end;
  }
  return { ...stage, unmapped: null, copies, expansions, addresses: [...new Set(addresses)], end };
}

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
