import { outdatedRestrictions } from "../removed-restriction/fate.ts";
import type { Rule } from "../rule.ts";

export const deprecatedRestriction: Rule = {
  id: "deprecated-restriction",
  title: "A restriction that Postfix is giving up",
  severity: "warning",
  manualUrl: "https://www.postfix.org/DEPRECATION_README.html",
  check: (server, { postfixVersion }) => outdatedRestrictions(server, postfixVersion, "warned of"),
};
