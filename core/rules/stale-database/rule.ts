import type { LoadedTable, MailServer } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import { indexPath } from "../../model/status-paths.ts";
import { span } from "../../text/span.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { indexOffer, indexStep } from "../table-command.ts";

export const staleDatabase: Rule = {
  id: "stale-database",
  title: "A table that is newer than its database",
  severity: "warning",
  manualUrl: "https://www.postfix.org/DATABASE_README.html",
  check: (server) => [...server.tables.values()].flatMap((table) => problemOf(server, table)),
};

function problemOf(server: MailServer, table: LoadedTable): readonly RuleProblem[] {
  const { content, path } = table;
  const index = indexPath(table);
  if (content.kind !== "indexed" || path === null || index === null) return [];
  const [source, database] = [server.statuses.get(path), server.statuses.get(index)];
  if (typeof source !== "object" || typeof database !== "object") return [];
  // Postfix compares whole seconds. It says so once the text is older than 100 seconds, but the change has no effect before either.
  if (Math.floor(source.modifiedMs / 1000) <= Math.floor(database.modifiedMs / 1000)) return [];
  const { file } = content;
  const shown = nameInMessage(baseName(path));
  return [
    {
      file,
      span: span(0, firstLineEnd(file.text)),
      message: `${shown} was changed after its database was made: Postfix goes on with what it said before. Run ${indexStep(server, table).kind}.`,
      postfix: printable(`database ${index} is older than source file ${path}`, file.encoding),
      fixes: indexOffer(server, "stale-database", table, false),
    },
  ];
}

function firstLineEnd(text: string): number {
  const feed = text.indexOf("\n");
  return feed === -1 ? text.length : feed;
}
