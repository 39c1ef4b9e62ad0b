import { expandIn } from "../../model/effective.ts";
import { baseName } from "../../model/paths.ts";
import { assignments } from "../assignments.ts";
import { editOffer } from "../edit-offer.ts";
import { nameInMessage } from "../name-in-message.ts";
import { isAddress, parseNextHop, portNumber } from "../next-hop.ts";
import type { Rule } from "../rule.ts";

/** Where clients log in; who names such a port means one certain host. */
const LOGIN_PORTS: ReadonlySet<number | null> = new Set([465, 587]);

export const relayhostWithoutBrackets: Rule = {
  id: "relayhost-without-brackets",
  title: "A relay host that is looked up as a domain",
  severity: "warning",
  manualUrl: "https://www.postfix.org/postconf.5.html#relayhost",
  check: (server) =>
    assignments(server).flatMap(({ file, service, name, value, valueSpan }) => {
      if (name !== "relayhost") return [];
      const hop = parseNextHop(expandIn(server, service, value) ?? "");
      if (hop === null || hop.bracketed || hop.port === null || isAddress(hop.host)) return [];
      if (!LOGIN_PORTS.has(portNumber(hop.port))) return [];
      const bracketed = `[${hop.host}]:${hop.port}`;
      const fix = {
        id: "relayhost-without-brackets/bracket",
        title: `Write ${nameInMessage(bracketed)} in ${baseName(file.path)}`,
        safety: "review",
        cost: "Mail goes to that very host. The key in smtp_sasl_password_maps must be written the same way.",
        reload: true,
      } as const;
      return [
        {
          file,
          span: valueSpan,
          message: `Without brackets Postfix looks up the MX of ${nameInMessage(hop.host)} and sends to that host instead, where there is one.`,
          fixes: value.includes("$") ? [] : [editOffer(server, fix, file, [{ span: valueSpan, newText: bracketed }])],
        },
      ];
    }),
};
