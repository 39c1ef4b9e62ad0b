import { parseBoolean } from "../../syntax/value/boolean.ts";
import { checkedValues } from "../checked-values.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";

export const badBoolean: Rule = {
  id: "bad-boolean",
  title: "A switch that is neither yes nor no",
  severity: "error",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server, { postfixVersion }) =>
    checkedValues(server, postfixVersion, ["bool", "nbool"])
      .filter(({ expanded }) => parseBoolean(expanded) === null)
      .map(({ file, name, nameSpan, value, valueSpan, expanded }) => ({
        file,
        span: value === "" ? nameSpan : valueSpan,
        message: `${nameInMessage(name)} takes yes or no, and nothing else: the programs that read it do not start.`,
        postfix: printable(`bad boolean configuration: ${name} = ${expanded}`, file.encoding),
      })),
};
