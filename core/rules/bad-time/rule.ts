import type { MailServer } from "../../model/mail-server.ts";
import { type CheckedValue, checkedValues } from "../checked-values.ts";
import { remarkFixes } from "../inline-remark.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { secondsOf } from "../seconds-of.ts";

export const badTime: Rule = {
  id: "bad-time",
  title: "A time that is none",
  severity: "error",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server, { postfixVersion }) =>
    checkedValues(server, postfixVersion, ["time"])
      .filter(({ parameter, expanded }) => secondsOf(expanded, parameter) === null)
      .map((one) => problemOf(server, one)),
};

function problemOf(server: MailServer, one: CheckedValue): RuleProblem {
  const { file, name, nameSpan, value, valueSpan, expanded } = one;
  return {
    file,
    span: value === "" ? nameSpan : valueSpan,
    message: `${nameInMessage(name)} takes a number with s, m, h, d or w right behind it: the programs that read it do not start.`,
    postfix: printable(`parameter ${name}: bad time value or unit: ${expanded}`, file.encoding),
    fixes: remarkFixes(server, "bad-time", one),
  };
}
