import { checkedValues } from "../checked-values.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";

export const emptyValue: Rule = {
  id: "empty-value",
  title: "A parameter that must not be empty",
  severity: "error",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server, { postfixVersion }) =>
    checkedValues(server, postfixVersion, ["string", "raw"]).flatMap(
      ({ file, name, nameSpan, value, valueSpan, expanded, parameter: { minLength, type } }) => {
        if (minLength === null || expanded.length >= minLength) return [];
        const length = type === "raw" ? `(${expanded.length} < ${minLength})` : `${expanded.length} < ${minLength}`;
        return {
          file,
          span: value === "" ? nameSpan : valueSpan,
          message: `${nameInMessage(name)} needs a value${minLength === 1 ? "" : ` of ${minLength} characters`}: the programs that read it do not start. Leave the line out for the default.`,
          postfix: printable(`bad string length ${length}: ${name} = ${expanded}`, file.encoding),
        };
      },
    ),
};
