import { onceEachWord } from "../../memory/remember.ts";
import { hasSince } from "../../reference/postfix-version.ts";
import { tableTypeByName } from "../../reference/table-type.ts";
import { nameInMessage } from "../name-in-message.ts";
import { onceEach } from "../once-each.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleContext } from "../rule.ts";
import { tableUses } from "../table-uses.ts";
import { otherType } from "./other-type.ts";

export const unknownTableType: Rule = {
  id: "unknown-table-type",
  title: "A table type that this Postfix does not have",
  severity: "error",
  manualUrl: "https://www.postfix.org/DATABASE_README.html",
  check: (server, context) => {
    const fixesFor = onceEachWord((type) => otherType(server, type, context.tableTypes));
    return onceEach(
      tableUses(server, context.postfixVersion).flatMap(({ file, span, table }) => {
        if (table === null) return [];
        const why = whyMissing(table.type, context);
        if (why === null) return [];
        const type = nameInMessage(table.type);
        return [
          {
            file,
            span,
            message: `${why.replace("TYPE", () => type)}: every lookup in this table fails, and mail is deferred.`,
            postfix: printable(`unsupported dictionary type: ${table.type}`, file.encoding),
            fixes: fixesFor(table.type),
          },
        ];
      }),
    );
  },
};

/** Which types exist is a matter of the build. Without word about the build only what no build can have is certain. */
function whyMissing(type: string, { tableTypes, postfixVersion }: RuleContext): string | null {
  if (tableTypes !== null) {
    return tableTypes.has(type) ? null : "This build of Postfix has no table type TYPE (postconf -m)";
  }
  const known = tableTypeByName(type);
  if (known === null) return "Postfix has no table type TYPE";
  return known.since === null || hasSince(postfixVersion, known.since)
    ? null
    : `The table type TYPE is known from Postfix ${known.since} on`;
}
