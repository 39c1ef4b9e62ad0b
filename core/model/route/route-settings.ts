import { parseBoolean } from "../../syntax/value/boolean.ts";
import { isLocalDomain } from "../lookup/local-domain.ts";
import type { LookupContext } from "../lookup/look-up.ts";
import { byPattern, undecidedList, valueOf } from "./decision.ts";
import type { LocalTest, ResolveSettings } from "./resolve-recipient.ts";

/** What trivial-rewrite(8) needs to rewrite and resolve, as a service sees it. */
export function resolveSettings(context: LookupContext): ResolveSettings {
  const text = (name: string): string => valueOf(context, name).text;
  const yes = (name: string): boolean => parseBoolean(text(name)) === true;
  return {
    swapBangpath: yes("swap_bangpath"),
    allowPercentHack: yes("allow_percent_hack"),
    appendAtMyorigin: yes("append_at_myorigin"),
    appendDotMydomain: yes("append_dot_mydomain"),
    myorigin: text("myorigin"),
    mydomain: text("mydomain"),
    myhostname: text("myhostname"),
    emptyAddressRecipient: text("empty_address_recipient"),
    resolveDequotedAddress: yes("resolve_dequoted_address"),
    resolveNulldomain: yes("resolve_null_domain"),
  };
}

/** Whether a domain is this machine's own, and what says so. */
export function localTest(context: LookupContext): LocalTest {
  return async (domain) => {
    const answer = await isLocalDomain(context, domain);
    switch (answer.kind) {
      case "listed":
        return byPattern("mydestination", answer.pattern, answer.place);
      case "own-address":
        return valueOf(context, "inet_interfaces").decision;
      case "maybe-own-address":
        return {
          kind: "unknown",
          parameter: "inet_interfaces",
          reason: `whether ${answer.address} is an address of the server is not in its configuration`,
        };
      case "failed":
      case "unknown":
        return undecidedList("mydestination", answer);
      default:
        return null;
    }
  };
}
