import { parseInteger } from "../../syntax/value/number.ts";
import { type CheckedValue, checkedValues } from "../checked-values.ts";
import { meantSize } from "../meant-value.ts";
import type { Rule } from "../rule.ts";
import { unreadableValue } from "../unreadable-value.ts";

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
      .map((one) =>
        unreadableValue(
          server,
          "bad-number",
          one,
          TAKES,
          `bad numerical configuration: ${one.name} = ${one.expanded}`,
          isSize(one) ? meantSize(one.value) : null,
        ),
      ),
};

const TAKES = "a whole number without unit or remark";

/** What is counted in bytes: a unit behind it can only mean more of them. */
function isSize({ parameter: { type } }: CheckedValue): boolean {
  return type === "long";
}

/** A C long; how many digits fit is left to the machine. */
function isLong(text: string): boolean {
  const digits = text.startsWith("-") || text.startsWith("+") ? text.slice(1) : text;
  if (digits === "") return false;
  for (const character of digits) if (character < "0" || character > "9") return false;
  return true;
}
