import { checkedValues } from "../checked-values.ts";
import { meantTime } from "../meant-value.ts";
import type { Rule } from "../rule.ts";
import { secondsOf } from "../seconds-of.ts";
import { unreadableValue } from "../unreadable-value.ts";

export const badTime: Rule = {
  id: "bad-time",
  title: "A time that is none",
  severity: "error",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server, { postfixVersion }) =>
    checkedValues(server, postfixVersion, ["time"])
      .filter(({ parameter, expanded }) => secondsOf(expanded, parameter) === null)
      .map((one) =>
        unreadableValue(
          server,
          "bad-time",
          one,
          TAKES,
          `parameter ${one.name}: bad time value or unit: ${one.expanded}`,
          meantTime(one.value),
        ),
      ),
};

const TAKES = "a number with s, m, h, d or w right behind it";
