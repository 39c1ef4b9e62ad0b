import type { Rule } from "../rule.ts";
import { outdatedRestrictions } from "./fate.ts";

export const removedRestriction: Rule = {
  id: "removed-restriction",
  title: "A restriction that this release of Postfix has lost",
  severity: "error",
  manualUrl: "https://www.postfix.org/DEPRECATION_README.html",
  check: (server, { postfixVersion }) => outdatedRestrictions(server, postfixVersion, "gone"),
};
