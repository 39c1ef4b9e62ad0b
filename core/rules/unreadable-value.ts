import type { MailServer } from "../model/mail-server.ts";
import type { CheckedValue } from "./checked-values.ts";
import { remarkFixes } from "./inline-remark.ts";
import { meantFixes } from "./meant-value.ts";
import { nameInMessage } from "./name-in-message.ts";
import { printable } from "./postfix-words.ts";
import type { RuleProblem } from "./rule.ts";

/**
 * A value that is not of its parameter's type: the programs that read it end at their start.
 * @param takes what the parameter takes, in words
 * @param postfix what Postfix logs
 * @param meant what was most likely meant, as the parameter takes it; null: nobody can tell
 */
export function unreadableValue(
  server: MailServer,
  ruleId: string,
  one: CheckedValue,
  takes: string,
  postfix: string,
  meant: string | null,
): RuleProblem {
  const { file, name, nameSpan, value, valueSpan } = one;
  return {
    file,
    span: value === "" ? nameSpan : valueSpan,
    message: `${nameInMessage(name)} takes ${takes}: the programs that read it do not start.`,
    postfix: printable(postfix, file.encoding),
    fixes: [...remarkFixes(server, ruleId, one), ...meantFixes(server, ruleId, one, meant)],
  };
}
