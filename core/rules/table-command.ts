import { afterCommands } from "../fixes/edit-commands.ts";
import type { AfterStep, CommandsOffer } from "../fixes/fix-offer.ts";
import type { LoadedTable, MailServer } from "../model/mail-server.ts";
import { aliasTables } from "./table-problems.ts";

/** What makes a table's database anew: postalias(1) for aliases, else postmap(1). */
export function indexStep(server: MailServer, { spec }: LoadedTable): AfterStep {
  return { kind: aliasTables(server).has(spec) ? "postalias" : "postmap", table: spec };
}

/**
 * The command that makes a table's database anew, to copy; none for a name that no shell takes.
 * @param isNew whether there was none: processes notice another database, but one that they could not open they do not try again
 */
export function indexOffer(
  server: MailServer,
  ruleId: string,
  table: LoadedTable,
  isNew: boolean,
): readonly CommandsOffer[] {
  const step = indexStep(server, table);
  const index = afterCommands([step], server, null);
  if (index.length === 0) return [];
  const commands = isNew ? [...index, ...afterCommands([{ kind: "reload" }], server, null)] : index;
  const title = `Make the database anew with ${step.kind}`;
  return [{ kind: "commands", id: `${ruleId}/${step.kind}`, title, safety: "review", cost: COST, after: [], commands }];
}

const COST = "What the text says takes effect.";
