import { parseInteger } from "../../syntax/value/number.ts";
import { type CheckedValue, checkedValues } from "../checked-values.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { secondsOf } from "../seconds-of.ts";

export const outOfBounds: Rule = {
  id: "out-of-bounds",
  title: "A number that is too small or too large",
  severity: "error",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server, { postfixVersion }) => [
    ...checkedValues(server, postfixVersion, ["int", "nint", "long"]).flatMap((one) =>
      complain(
        one,
        parseInteger(one.expanded),
        (number, bound, isLow) => `invalid ${one.name} parameter value ${number} ${isLow ? "<" : ">"} ${bound}`,
      ),
    ),
    ...checkedValues(server, postfixVersion, ["time"]).flatMap((one) =>
      complain(
        one,
        secondsOf(one.expanded, one.parameter),
        (number, bound, isLow) => `invalid ${one.name}: ${number} (${isLow ? "min" : "max"} ${bound})`,
      ),
    ),
  ],
};

function complain(
  { file, name, nameSpan, value, valueSpan, parameter: { min, max, type } }: CheckedValue,
  number: number | null,
  words: (number: number, bound: number, isLow: boolean) => string,
): readonly RuleProblem[] {
  if (number === null) return [];
  const isLow = min !== null && number < min;
  const bound = isLow ? min : max !== null && number > max ? max : null;
  if (bound === null) return [];
  const unit = type === "time" ? " seconds" : "";
  return [
    {
      file,
      span: value === "" ? nameSpan : valueSpan,
      message: `${nameInMessage(name)} must be ${isLow ? "at least" : "at most"} ${bound}${unit}: the programs that read it do not start.`,
      postfix: printable(words(number, bound, isLow), file.encoding),
    },
  ];
}
