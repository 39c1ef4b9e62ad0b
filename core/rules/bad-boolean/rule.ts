import { parseBoolean } from "../../syntax/value/boolean.ts";
import { checkedValues } from "../checked-values.ts";
import { meantBoolean } from "../meant-value.ts";
import type { Rule } from "../rule.ts";
import { unreadableValue } from "../unreadable-value.ts";

export const badBoolean: Rule = {
  id: "bad-boolean",
  title: "A switch that is neither yes nor no",
  severity: "error",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server, { postfixVersion }) =>
    checkedValues(server, postfixVersion, ["bool", "nbool"])
      .filter(({ expanded }) => parseBoolean(expanded) === null)
      .map((one) =>
        unreadableValue(
          server,
          "bad-boolean",
          one,
          TAKES,
          `bad boolean configuration: ${one.name} = ${one.expanded}`,
          meantBoolean(one.value),
        ),
      ),
};

const TAKES = "yes or no, and nothing else";
