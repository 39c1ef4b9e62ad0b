import type { MailServer } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { type ListedDomain, listedDomains } from "./listed-domains.ts";

/**
 * In the order in which trivial-rewrite(8) asks: the first that lists a domain decides and complains of those behind it. relay_domains may hold
 * subdomains of what it lists too; only what it lists itself is certain.
 */
const CLASSES = ["mydestination", "virtual_alias_domains", "virtual_mailbox_domains", "relay_domains"] as const;
/** Both may hold a domain: up to compatibility level 1 that is the default. */
const PEACEFUL: ReadonlySet<string> = new Set(["mydestination relay_domains"]);

export const twoAddressClasses: Rule = {
  id: "two-address-classes",
  title: "A domain in two address classes",
  severity: "error",
  manualUrl: "https://www.postfix.org/ADDRESS_CLASS_README.html",
  check: (server) => {
    const problems: RuleProblem[] = [];
    const decided = new Set<string>();
    const lists = CLASSES.map((name) => ({ name, domains: listedDomains(server, name) }));
    for (const [index, { name, domains }] of lists.entries()) {
      for (const other of lists.slice(index + 1)) {
        if (PEACEFUL.has(`${name} ${other.name}`)) continue;
        for (const listed of other.domains.values()) {
          const before = decided.has(listed.domain) ? undefined : domains.get(listed.domain);
          if (before !== undefined) problems.push(overlap(server, name, other.name, before, listed));
        }
      }
      for (const domain of domains.keys()) decided.add(domain);
    }
    return problems;
  },
};

function overlap(server: MailServer, first: string, second: string, a: ListedDomain, b: ListedDomain): RuleProblem {
  const { file, span } = a.place ?? b.place ?? { file: server.main.file, span: { start: 0, end: 0 } };
  const domain = nameInMessage(a.domain);
  const from = b.table === null ? "" : ` (through the table ${nameInMessage(baseName(b.table))})`;
  return {
    file,
    span,
    message: `${domain} is in both ${first} and ${second}${from}: ${first} wins, and recipients that only the other knows are refused.`,
    postfix: printable(`do not list domain ${a.domain} in BOTH ${first} and ${second}`, file.encoding),
    entry: {
      id: first === "mydestination" ? "domain-in-two-classes" : "domain-in-two-virtual-classes",
      values: { domain: a.domain },
    },
  };
}
