import type { AddressClass } from "../../model/route/choose-transport.ts";
import { type Decision, isUndecided } from "../../model/route/decision.ts";
import type { ExpansionEnd } from "../../model/route/expand-recipient.ts";
import type { MailRoute, RouteDelivery, RouteDestination, RouteStage } from "../../model/route/mail-route.ts";
import { type NextHop, nextHops } from "../../model/route/next-hop.ts";
import type { RecipientCheck } from "../../model/route/recipient-check.ts";
import type { RewriteReason } from "../../model/route/rewrite-address.ts";
import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { aliasLine, listed, localLines } from "./local-lines.ts";
import { type RouteLine, undecidedLine } from "./route-line.ts";

/** A route in words, in the order in which it is gone. */
export function routeLines(route: MailRoute): readonly RouteLine[] {
  const [first] = route.stages;
  const end = first?.end ?? null;
  const isRefused = end !== null && end.kind !== "unknown";
  return [
    ...route.stages.flatMap((stage, index) => stageLines(stage, index)),
    ...(isRefused ? [] : route.destinations.flatMap((one) => destinationLines(one))),
  ];
}

function stageLines(stage: RouteStage, index: number): readonly RouteLine[] {
  const lines: RouteLine[] = [];
  const say = (label: string, text: string, decision: Decision | null): void => {
    lines.push({ kind: "step", label, text, decision });
  };
  if (index > 0) say("comes back", `at ${stage.service?.name ?? ""}, from the content filter`, null);
  if (stage.service === null) say("enters", "master.cf has no smtpd: main.cf alone is looked at", null);
  const { rewritten } = stage;
  if (rewritten !== null && rewritten.from !== rewritten.to) {
    const reasons = rewritten.reasons.map((reason) => REWRITES[reason]).join(", ");
    say("rewritten", `${rewritten.from} → ${rewritten.to} (${reasons})`, null);
  }
  if (stage.unmapped !== null) {
    say("not mapped", "no_address_mappings: canonical and virtual tables are not asked here", stage.unmapped);
  }
  for (const { address, decision } of stage.copies.added) say("copy", `to ${address}`, decision);
  lines.push(...stage.copies.undecided.map(undecidedLine));
  for (const { from, to, decision } of stage.expansions) {
    const label = decision.parameter === "virtual_alias_maps" ? "alias" : "canonical";
    say(label, `${from} → ${listed(to)}`, decision);
  }
  if (stage.end !== null) lines.push(endLine(stage.end));
  if (stage.filter !== null) {
    const { transport, nexthop, decision } = stage.filter;
    say("filter", `all mail goes to ${transport}:${nexthop} first`, decision);
  }
  return lines;
}

const REWRITES: Readonly<Record<RewriteReason, string>> = {
  "source-route": "the source route is ignored",
  bangpath: "swap_bangpath",
  "percent-hack": "allow_percent_hack",
  "append-at-myorigin": "append_at_myorigin",
  "append-dot-mydomain": "append_dot_mydomain",
  "trailing-dot": "the dot at the end is dropped",
};

function endLine(end: ExpansionEnd): RouteLine {
  if (isUndecided(end)) return undecidedLine(end);
  const what = end.kind === "too-many" ? "expands to more than" : "is still not at its end after";
  const unit = end.kind === "too-many" ? "addresses" : "turns, probably a circle";
  return {
    kind: "problem",
    label: "refused",
    text: `${end.address} ${what} ${end.limit} ${unit} (${end.parameter}): cleanup does not take the mail`,
    decision: null,
  };
}

function destinationLines({
  address,
  recipient,
  transport,
  delivery,
  check,
  followed,
}: RouteDestination): readonly RouteLine[] {
  const lines: RouteLine[] = [{ kind: "recipient", label: "", text: address, decision: null }];
  const say = (label: string, text: string, decision: Decision | null): void => {
    lines.push({ kind: "step", label, text, decision });
  };
  if (recipient !== null && recipient !== address) say("is", recipient, null);
  if (transport.class !== null) {
    const { addressClass, decision } = transport.class;
    say("class", CLASSES[addressClass], decision);
  }
  for (const { transport: name, nexthop, decision } of transport.choices) {
    say("transport", `${name}, next hop ${nexthop}`, decision);
  }
  const { end } = transport;
  if (end !== null) lines.push(end.kind === "bad-address" ? BAD_ADDRESS : undecidedLine(end));
  if (followed !== null) lines.push(...followed.steps.map(aliasLine));
  else if (delivery !== null) lines.push(...deliveryLines(delivery));
  lines.push(...checkLines(check));
  return lines;
}

const BAD_ADDRESS: RouteLine = {
  kind: "problem",
  label: "refused",
  text: "what stands behind the @ is no domain: 501 5.1.3 Bad recipient address syntax",
  decision: null,
};

const CLASSES: Readonly<Record<AddressClass, string>> = {
  local: "local: a domain of this machine itself",
  "virtual-alias": "virtual alias: every address must be an alias of another",
  "virtual-mailbox": "virtual mailbox: delivered here, without system users",
  relay: "relay: accepted for another server",
  default: "none of this server's domains: elsewhere, for those who may relay",
};

function deliveryLines(delivery: RouteDelivery): readonly RouteLine[] {
  const { transport, nexthop, service, local, passed, mailbox, fallback } = delivery;
  if (service === null) {
    const text = `master.cf has no service ${transport}: mail waits with “mail transport unavailable”`;
    return [{ kind: "problem", label: "no service", text, decision: null }];
  }
  const step = (text: string, decision: Decision | null): RouteLine => ({
    kind: "step",
    label: "delivery",
    text,
    decision,
  });
  switch (service.command) {
    case "smtp":
    case "lmtp":
      return [
        ...nextHops(nexthop, protocolOf(service)).map((hop) => step(hopText(hop, protocolOf(service)), null)),
        ...fallbackLines(fallback),
      ];
    case "error":
    case "retry":
      return [
        { kind: "problem", label: service.command === "error" ? "bounces" : "waits", text: nexthop, decision: null },
      ];
    case "discard":
      return [step("thrown away, and reported as delivered", null)];
    case "virtual":
      return [mailboxLine(mailbox)];
    case "local":
      return local === null
        ? [step("by local", null)]
        : [...localLines(local), ...(passed === null ? [] : deliveryLines(passed))];
    case "pipe":
      return [step(`handed to a command: ${service.arguments.map(({ text }) => text).join(" ")}`, null)];
    default:
      return [step(`by ${service.command}`, null)];
  }
}

function protocolOf(service: MasterService): "smtp" | "lmtp" {
  return service.command === "lmtp" ? "lmtp" : "smtp";
}

function hopText(hop: NextHop, protocol: "smtp" | "lmtp"): string {
  const over = protocol.toUpperCase();
  switch (hop.kind) {
    case "mx":
      return `by ${over} to the hosts that the MX records of ${hop.domain} name${port(hop.port)}; this needs DNS`;
    case "host":
      return `by ${over} to ${hop.host}${port(hop.port)}, without asking for MX records`;
    case "socket":
      return `by ${over} to the socket ${hop.path}`;
    default:
      return hop satisfies never;
  }
}

function port(number: string | null): string {
  return number === null ? "" : `, port ${number}`;
}

function mailboxLine(mailbox: RouteDelivery["mailbox"]): RouteLine {
  if (mailbox === null) {
    const text = "virtual_mailbox_maps has no mailbox for it: it bounces with “unknown user”";
    return { kind: "problem", label: "no mailbox", text, decision: null };
  }
  if ("kind" in mailbox) return undecidedLine(mailbox);
  return { kind: "step", label: "mailbox", text: mailbox.path, decision: mailbox.decision };
}

function fallbackLines(fallback: RouteDelivery["fallback"]): readonly RouteLine[] {
  if (fallback === null) return [];
  const text = `if no host there takes it: ${fallback.text}`;
  return [{ kind: "step", label: "else", text, decision: fallback.decision }];
}

function checkLines(check: RecipientCheck): readonly RouteLine[] {
  switch (check.kind) {
    case "unlisted":
      return check.parameter === ""
        ? []
        : [
            {
              kind: "problem",
              label: "refused",
              text: `smtpd does not know it (${check.parameter}): ${check.reply}`,
              decision: null,
            },
          ];
    case "failed":
    case "unknown":
      return [
        {
          kind: "step",
          label: "known?",
          text: `whether smtpd knows the recipient: ${check.parameter}: ${check.reason}`,
          decision: null,
        },
      ];
    default:
      return [];
  }
}
