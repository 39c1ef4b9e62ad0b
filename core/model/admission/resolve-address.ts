import { parseBoolean } from "../../syntax/value/boolean.ts";
import { effectiveValue } from "../effective.ts";
import { isLocalDomain, type OwnAddress } from "../lookup/local-domain.ts";
import type { LookupContext } from "../lookup/look-up.ts";
import { type ListAnswer, matchList } from "../lookup/match-list.ts";
import { isHostname, isMailAddressLiteral } from "./host-syntax.ts";
import type { RecipientKind } from "./requests.ts";

/** An address as trivial-rewrite(8) resolves it for smtpd(8). */
export interface ResolvedAddress {
  /** With a domain always. */
  readonly address: string;
  readonly domain: string;
  /** `failed`: Postfix cannot tell and answers 4.3.0; `unknown`: we cannot. */
  readonly kind: RecipientKind | "failed" | "unknown";
  /** What made it so, or why it is not to be told. */
  readonly decidedBy: ListAnswer | OwnAddress;
  /** `user%other@domain` and its like: accepting it may be relaying (allow_untrusted_routing). */
  readonly routed: boolean;
  /** Its domain is neither a host name nor an address in brackets. */
  readonly malformed: boolean;
}

/** The lists of ADDRESS_CLASS_README in the order in which Postfix asks them, the local domains apart. */
const CLASSES = [
  { parameter: "virtual_alias_domains", kind: "virtual-alias", by: "text" },
  { parameter: "virtual_mailbox_domains", kind: "virtual-mailbox", by: "text" },
  { parameter: "relay_domains", kind: "relay", by: "host" },
] as const;

/** Routing in a local part can be nested; nobody nests it deeper than spammers try. */
const MOST_ROUTES = 20;

/** The address class of a recipient or sender: local domains are taken off until a foreign one shows, as Postfix does. */
export async function resolveAddress(context: LookupContext, given: string): Promise<ResolvedAddress> {
  let address = given;
  let local: ListAnswer | OwnAddress | null = null;
  let localDomain = "";
  for (let routes = 0; routes < MOST_ROUTES; routes += 1) {
    const at = address.lastIndexOf("@");
    if (at === -1) break;
    const domain = withoutDot(address.slice(at + 1));
    const answer = await isLocalDomain(context, domain);
    if (answer.kind === "not-listed" || answer.kind === "excluded") {
      return outside(context, `${address.slice(0, at)}@${domain}`, domain);
    }
    if (answer.kind === "failed" || answer.kind === "unknown" || answer.kind === "maybe-own-address") {
      const kind = answer.kind === "failed" ? "failed" : "unknown";
      return resolved(`${address.slice(0, at)}@${domain}`, domain, kind, answer);
    }
    local = answer;
    localDomain = domain;
    const inner = routeIn(context, address.slice(0, at));
    address = inner ?? address.slice(0, at);
    if (inner === null) break;
  }
  const domain = local === null ? valueOf(context, "myhostname") : localDomain;
  const user = address === "" ? valueOf(context, "empty_address_recipient") || "MAILER-DAEMON" : address;
  return resolved(`${user}@${domain}`, domain, "local", local ?? { kind: "own-address", address: domain });
}

async function outside(context: LookupContext, address: string, domain: string): Promise<ResolvedAddress> {
  for (const { parameter, kind, by } of CLASSES) {
    const answer = await matchList(context, parameter, by === "text" ? { text: domain } : { host: domain });
    if (answer.kind === "listed") return resolved(address, domain, kind, answer);
    if (answer.kind === "failed" || answer.kind === "unknown") return resolved(address, domain, answer.kind, answer);
  }
  return resolved(address, domain, "foreign", { kind: "not-listed" });
}

function resolved(
  address: string,
  domain: string,
  kind: ResolvedAddress["kind"],
  decidedBy: ListAnswer | OwnAddress,
): ResolvedAddress {
  const local = address.slice(0, address.length - domain.length - 1);
  const malformed = domain.startsWith("[")
    ? !domain.endsWith("]") || !isMailAddressLiteral(domain.slice(1, -1))
    : !isHostname(domain);
  const routed = ["@", "!", "%"].some((operator) => local.includes(operator));
  return { address, domain, kind, decidedBy, routed, malformed };
}

/** The address a local part routes to, or null if it is only a user. */
function routeIn(context: LookupContext, local: string): string | null {
  if (local.includes("@")) return local;
  const bang = local.indexOf("!");
  if (bang > 0 && isOn(context, "swap_bangpath")) return `${local.slice(bang + 1)}@${local.slice(0, bang)}`;
  const percent = local.lastIndexOf("%");
  if (percent > 0 && isOn(context, "allow_percent_hack"))
    return `${local.slice(0, percent)}@${local.slice(percent + 1)}`;
  return null;
}

function withoutDot(domain: string): string {
  return domain.endsWith(".") && !domain.endsWith("..") ? domain.slice(0, -1) : domain;
}

function isOn(context: LookupContext, parameter: string): boolean {
  return parseBoolean(valueOf(context, parameter)) !== false;
}

function valueOf(context: LookupContext, parameter: string): string {
  return effectiveValue(context.server, parameter, context.service).expanded ?? "";
}
