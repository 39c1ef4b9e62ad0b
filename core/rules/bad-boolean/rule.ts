import type { MailServer } from "../../model/mail-server.ts";
import { parseBoolean } from "../../syntax/value/boolean.ts";
import { type CheckedValue, checkedValues } from "../checked-values.ts";
import { remarkFixes } from "../inline-remark.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";

export const badBoolean: Rule = {
  id: "bad-boolean",
  title: "A switch that is neither yes nor no",
  severity: "error",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server, { postfixVersion }) =>
    checkedValues(server, postfixVersion, ["bool", "nbool"])
      .filter(({ expanded }) => parseBoolean(expanded) === null)
      .map((one) => problemOf(server, one)),
};

function problemOf(server: MailServer, one: CheckedValue): RuleProblem {
  const { file, name, nameSpan, value, valueSpan, expanded } = one;
  return {
    file,
    span: value === "" ? nameSpan : valueSpan,
    message: `${nameInMessage(name)} takes yes or no, and nothing else: the programs that read it do not start.`,
    postfix: printable(`bad boolean configuration: ${name} = ${expanded}`, file.encoding),
    fixes: remarkFixes(server, "bad-boolean", one),
  };
}
