import { joinedText } from "../../syntax/lines/joined-text.ts";
import { splitList } from "../../syntax/value/list.ts";
import { lowerAscii } from "../../text/ascii.ts";
import { effectiveValue } from "../effective.ts";
import type { LookupContext } from "./look-up.ts";

/**
 * Whether `example.com` in a list or table stands for its subdomains too, or `.example.com` must be written for them:
 * `parent_domain_matches_subdomains` (postconf(5)). `feature` is a word of that parameter, such as `smtpd_access_maps`.
 */
export function parentMatchesSubdomains(context: LookupContext, feature: string): boolean {
  const value = effectiveValue(context.server, "parent_domain_matches_subdomains", context.service).expanded ?? "";
  return splitList(joinedText(value)).elements.some((element) => lowerAscii(element.content) === feature);
}

/** `sub.example.com` → itself, then `example.com` and `com`, or `.example.com` and `.com`. */
export function domainAndParents(domain: string, parentMatches: boolean): readonly string[] {
  const keys: string[] = [];
  let name = domain;
  while (name !== "") {
    keys.push(name);
    const dot = name.indexOf(".", 1);
    if (dot === -1) break;
    name = name.slice(parentMatches ? dot + 1 : dot);
  }
  return keys;
}
