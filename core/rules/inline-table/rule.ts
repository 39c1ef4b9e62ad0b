import { inlineFault } from "../../syntax/value/inline-fault.ts";
import { onceEach } from "../once-each.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";
import { tableUses } from "../table-uses.ts";

const WHY: Readonly<Record<string, string>> = {
  "bad syntax": "The entries of an inline: table stand between { and }",
  "empty table": "This inline: table has no entry",
};
const MISSING_EQUALS =
  "An entry of this inline: table has no = behind its first word: with a space in it it needs braces of its own, {key = two words}";

export const inlineTable: Rule = {
  id: "inline-table",
  title: "An inline: table that Postfix cannot read",
  severity: "error",
  manualUrl: "https://www.postfix.org/DATABASE_README.html",
  check: (server, { postfixVersion }) =>
    onceEach(
      tableUses(server, postfixVersion).flatMap(({ file, span, text, table }) => {
        if (table?.type !== "inline") return [];
        const body = text.slice(table.typeSpan.end + 1);
        const fault = inlineFault(body);
        if (fault === null) return [];
        return [
          {
            file,
            span,
            message: `${WHY[fault] ?? MISSING_EQUALS}. Every lookup in the table fails, and mail is put off.`,
            postfix: printable(`${fault}: "inline:${body}"; need "inline:{name=value...}"`, file.encoding),
          },
        ];
      }),
    ),
};
