import { isLocalDomain, type OwnAddress } from "../lookup/local-domain.ts";
import type { LookupContext } from "../lookup/look-up.ts";
import { type ListAnswer, matchList } from "../lookup/match-list.ts";
import type { Decision } from "../route/decision.ts";
import { type ResolvedRecipient, resolveRecipient } from "../route/resolve-recipient.ts";
import { resolveSettings } from "../route/route-settings.ts";
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

/** The address class of a recipient or sender: local domains are taken off until a foreign one shows, as Postfix does. */
export async function resolveAddress(context: LookupContext, given: string): Promise<ResolvedAddress> {
  let local: ListAnswer | OwnAddress = NOWHERE;
  const resolution = await resolveRecipient(given, resolveSettings(context), async (domain) => {
    const answer = await isLocalDomain(context, domain);
    if (answer.kind === "not-listed" || answer.kind === "excluded") return null;
    local = answer;
    if (answer.kind === "listed" || answer.kind === "own-address") return HERE;
    return { kind: answer.kind === "failed" ? "failed" : "unknown", parameter: "mydestination", reason: "" };
  });
  if ("kind" in resolution) {
    const domain = given.slice(given.lastIndexOf("@") + 1);
    return resolved({ recipient: given, domain, isBad: false }, resolution.kind, local);
  }
  return resolution.local === null ? outside(context, resolution) : resolved(resolution, "local", local);
}

/** Without a domain an address is this server's, whatever its lists say. */
const NOWHERE: ListAnswer = { kind: "not-listed" };
/** The answer itself says where it stands written. */
const HERE: Decision = { parameter: "mydestination", table: null, file: null, span: null };

async function outside(context: LookupContext, recipient: Recipient): Promise<ResolvedAddress> {
  for (const { parameter, kind, by } of CLASSES) {
    const subject = by === "text" ? { text: recipient.domain } : { host: recipient.domain };
    const answer = await matchList(context, parameter, subject);
    if (answer.kind === "listed") return resolved(recipient, kind, answer);
    if (answer.kind === "failed" || answer.kind === "unknown") return resolved(recipient, answer.kind, answer);
  }
  return resolved(recipient, "foreign", NOWHERE);
}

type Recipient = Pick<ResolvedRecipient, "recipient" | "domain" | "isBad">;

function resolved(
  { recipient: address, domain, isBad: malformed }: Recipient,
  kind: ResolvedAddress["kind"],
  decidedBy: ListAnswer | OwnAddress,
): ResolvedAddress {
  const local = address.slice(0, address.length - domain.length - 1);
  const routed = ["@", "!", "%"].some((operator) => local.includes(operator));
  return { address, domain, kind, decidedBy, routed, malformed };
}
