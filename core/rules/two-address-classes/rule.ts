import type { MailServer } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { type ListedDomain, listedDomains } from "./listed-domains.ts";

/** In the order in which trivial-rewrite(8) asks: the first that lists a domain decides. Relay domains match subdomains too and are left out. */
const CLASSES = ["mydestination", "virtual_alias_domains", "virtual_mailbox_domains"] as const;

export const twoAddressClasses: Rule = {
  id: "two-address-classes",
  title: "A domain in two address classes",
  severity: "error",
  manualUrl: "https://www.postfix.org/ADDRESS_CLASS_README.html",
  check: (server) => {
    const problems: RuleProblem[] = [];
    for (const [index, name] of CLASSES.entries()) {
      const first = listedDomains(server, name);
      for (const other of CLASSES.slice(index + 1)) {
        for (const listed of listedDomains(server, other).values()) {
          const before = first.get(listed.domain);
          if (before !== undefined) problems.push(overlap(server, name, other, before, listed));
        }
      }
    }
    return problems;
  },
};

function overlap(server: MailServer, first: string, second: string, a: ListedDomain, b: ListedDomain): RuleProblem {
  const { file, span } = a.place ?? b.place ?? { file: server.main.file, span: { start: 0, end: 0 } };
  const domain = nameInMessage(a.domain);
  const from = b.table === null ? "" : ` (through ${nameInMessage(baseName(b.table))})`;
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
