import { nameInMessage } from "../name-in-message.ts";
import { onceEach } from "../once-each.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";
import { tableUses } from "../table-uses.ts";

export const missingTableType: Rule = {
  id: "missing-table-type",
  title: "A table without its type",
  severity: "error",
  manualUrl: "https://www.postfix.org/DATABASE_README.html",
  check: (server, { postfixVersion }) =>
    onceEach(
      tableUses(server, postfixVersion)
        .filter(({ text }) => !text.includes(":"))
        .map(({ file, span, text }) => ({
          file,
          span,
          message: `${nameInMessage(text)} is no table: write its type in front, such as texthash:${nameInMessage(text)}.`,
          postfix: printable(`open dictionary: expecting "type:name" form instead of "${text}"`, file.encoding),
        })),
    ),
};
