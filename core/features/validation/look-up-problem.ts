import { afterCommands } from "../../fixes/edit-commands.ts";
import type { LoadedTable, MailServer } from "../../model/mail-server.ts";
import { indexPath } from "../../model/status-paths.ts";
import { indexStep } from "../../rules/table-command.ts";
import { visibleText } from "../../text/visible-text.ts";
import { postfixComplaints } from "./postfix-complaint.ts";

/**
 * Why postmap(1) could not look a key up, and what to do: plain text. Its own words where no more is known.
 * @param stderr what it wrote to its standard error; warnings in it are not why
 * @param table the one that was asked, as the configuration has it; null where that is not known
 */
export function lookUpProblem(stderr: string, server: MailServer, table: LoadedTable | null): string {
  const complaints = postfixComplaints(stderr).flatMap(({ level, text }) => (level === "warning" ? [] : [text]));
  if (table !== null && complaints.some(isMissingDatabase)) return withoutDatabase(server, table);
  const type = complaints.map(unknownType).find((name) => name !== null);
  if (type !== undefined)
    return `This machine's Postfix has no tables of type ${visibleText(type)}: postconf -m lists what it has, and some types are packages of their own.`;
  return (complaints.length === 0 ? stderr.trimEnd().split("\n") : complaints).map(visibleText).join("; ");
}

function isMissingDatabase(complaint: string): boolean {
  return complaint.startsWith("open database ") && complaint.endsWith(": No such file or directory");
}

const UNKNOWN = "unsupported dictionary type: ";

function unknownType(complaint: string): string | null {
  return complaint.startsWith(UNKNOWN) ? complaint.slice(UNKNOWN.length) : null;
}

function withoutDatabase(server: MailServer, table: LoadedTable): string {
  const database = visibleText(indexPath(table) ?? table.spec);
  const spec = visibleText(table.spec);
  if (server.isCopy)
    return `${spec} cannot be asked here: this copy of a configuration came without ${database}, which Postfix reads.`;
  const [command] = afterCommands([indexStep(server, table)], server, null);
  const todo = command === undefined ? "" : ` Make it with: ${command}`;
  return `${spec} has no database: Postfix reads ${database}, which is not there, so its own lookups fail too and mail is deferred.${todo}`;
}
