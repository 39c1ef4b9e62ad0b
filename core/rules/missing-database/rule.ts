import type { LoadedTable, MailServer } from "../../model/mail-server.ts";
import { indexPath } from "../../model/status-paths.ts";
import { nameInMessage } from "../name-in-message.ts";
import { onceEach } from "../once-each.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";
import { indexOffer, indexStep } from "../table-command.ts";
import { loadedUses } from "../table-uses.ts";

export const missingDatabase: Rule = {
  id: "missing-database",
  title: "A table without its database",
  severity: "error",
  manualUrl: "https://www.postfix.org/DATABASE_README.html",
  check: (server, { postfixVersion }) =>
    onceEach(
      loadedUses(server, postfixVersion).flatMap(({ file, span, loaded }) => {
        const index = missingIndex(server, loaded);
        if (index === null) return [];
        const message = `${nameInMessage(index)} does not exist, and that is what Postfix reads: each lookup fails, and mail is deferred. Run ${indexStep(server, loaded).kind}.`;
        return [
          {
            file,
            span,
            message,
            postfix: printable(`open database ${index}: No such file or directory`, file.encoding),
            fixes: indexOffer(server, "missing-database", loaded, true),
          },
        ];
      }),
    ),
};

/** The database that is certainly missing: its text is there, so it is no cache that a program makes itself. */
function missingIndex(server: MailServer, table: LoadedTable): string | null {
  const index = table.content.kind === "indexed" ? indexPath(table) : null;
  return index !== null && server.statuses.get(index) === "missing" ? index : null;
}
