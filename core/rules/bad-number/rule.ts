import type { MailServer } from "../../model/mail-server.ts";
import { parseInteger } from "../../syntax/value/number.ts";
import { type CheckedValue, checkedValues } from "../checked-values.ts";
import { remarkFixes } from "../inline-remark.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";

export const badNumber: Rule = {
  id: "bad-number",
  title: "A number that is none",
  severity: "error",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server, { postfixVersion }) =>
    checkedValues(server, postfixVersion, ["int", "nint", "long"])
      .filter(({ parameter, expanded }) =>
        parameter.type === "long" ? !isLong(expanded) : parseInteger(expanded) === null,
      )
      .map((one) => problemOf(server, one)),
};

function problemOf(server: MailServer, one: CheckedValue): RuleProblem {
  const { file, name, nameSpan, value, valueSpan, expanded } = one;
  return {
    file,
    span: value === "" ? nameSpan : valueSpan,
    message: `${nameInMessage(name)} takes a whole number without unit or remark: the programs that read it do not start.`,
    postfix: printable(`bad numerical configuration: ${name} = ${expanded}`, file.encoding),
    fixes: remarkFixes(server, "bad-number", one),
  };
}

/** A C long; how many digits fit is left to the machine. */
function isLong(text: string): boolean {
  const digits = text.startsWith("-") || text.startsWith("+") ? text.slice(1) : text;
  if (digits === "") return false;
  for (const character of digits) if (character < "0" || character > "9") return false;
  return true;
}
