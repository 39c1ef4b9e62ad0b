import { expandIn, ownerOf } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { type IpNetwork, parseIpNetwork } from "../../syntax/table/ip-network.ts";
import { splitList } from "../../syntax/value/list.ts";
import { type Assignment, assignments } from "../assignments.ts";
import { isOnLoopback } from "../loopback.ts";
import { nameInMessage } from "../name-in-message.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import data from "./private-networks.json" with { type: "json" };

const PRIVATE: readonly IpNetwork[] = data.networks.flatMap((text) => {
  const network = parseIpNetwork(text);
  return typeof network === "string" ? [] : [network];
});

/** The shortest prefixes that one organisation plausibly has to itself: a class B network, and what a registry gives a provider. */
const SHORTEST = { v4: 16, v6: 32 } as const;

export const wideMynetworks: Rule = {
  id: "wide-mynetworks",
  title: "Too many may relay",
  severity: "warning",
  manualUrl: "https://www.postfix.org/postconf.5.html#mynetworks",
  check: (server) =>
    assignments(server).flatMap((assignment) => {
      const { name, service } = assignment;
      if ((name !== "mynetworks" && name !== "mynetworks_style") || isOnLoopback(server, service)) return [];
      return name === "mynetworks" ? wideMembers(server, assignment) : classStyle(server, assignment);
    }),
};

function wideMembers(server: MailServer, { file, service, valueText }: Assignment): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  for (const { text, negated, content, span } of splitList(valueText).elements) {
    // What is excluded first is not trusted, and then the rest is no mistake of this kind.
    if (negated) break;
    const network = parseIpNetwork(text.includes("$") ? (expandIn(server, service, content) ?? "") : content);
    if (typeof network === "string" || !isWide(network)) continue;
    const whom =
      network.prefix === 0 ? "The whole internet is" : `All of ${nameInMessage(content)}, a public network, is`;
    problems.push({ file, span, message: `${whom} in mynetworks and may send mail to anybody through this server.` });
  }
  return problems;
}

function isWide(network: IpNetwork): boolean {
  const shortest = network.bytes.length === 4 ? SHORTEST.v4 : SHORTEST.v6;
  return network.prefix < shortest && !PRIVATE.some((one) => contains(one, network));
}

function contains(outer: IpNetwork, inner: IpNetwork): boolean {
  if (outer.bytes.length !== inner.bytes.length || inner.prefix < outer.prefix) return false;
  return outer.bytes.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, outer.prefix - index * 8));
    const mask = (0xff << (8 - bits)) & 0xff;
    return (byte & mask) === ((inner.bytes[index] ?? 0) & mask);
  });
}

/** It counts only where `mynetworks` is left to Postfix. */
function classStyle(server: MailServer, { file, service, value, valueSpan }: Assignment): readonly RuleProblem[] {
  if (value !== "class" || ownerOf(server, "mynetworks", service) !== null) return [];
  const message =
    "With class, Postfix trusts the whole old class A, B or C network of its address: up to 16 million neighbours may relay.";
  return [{ file, span: valueSpan, message }];
}
