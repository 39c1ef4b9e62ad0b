import { effectiveValue } from "../../model/effective.ts";
import type { LoadedTable, MailServer } from "../../model/mail-server.ts";
import { servicesOfTag } from "../../model/services.ts";
import { specOf, tablesIn } from "../../model/table-specs.ts";
import { insertEntry, replaceValue } from "../../syntax/table/edit-table.ts";
import { indexedKey } from "../../syntax/table/literal-key.ts";
import type { IndexedEntry } from "../../syntax/table/parse-indexed-table.ts";
import { isExpected } from "../answers.ts";
import { argument } from "../arguments.ts";
import { REFUSAL_WORDS } from "../edit-words.ts";
import { NO_SERVER_REASON } from "../lines-to-add.ts";
import { type FixRequest, type Proposal, withheld } from "../proposal.ts";
import { tableSteps } from "../table-steps.ts";

const MAPS = "smtpd_sender_login_maps";
const QUESTION = "login";

/** Adds a login to the owners of a sender address, in the table that Postfix asks for them. */
export function addLoginOwner(request: FixRequest): readonly Proposal[] {
  const { server, origin, answers } = request.context;
  const sender = argument(request, "sender");
  if (sender === null || !isExpected(sender, "email-address"))
    return withheld("The line names no plain sender address that may be written into a table.");
  const login = argument(request, "login") ?? answers[QUESTION] ?? null;
  if (login === null || login === "") return [ask(sender)];
  if (!isLogin(login)) return withheld(`${JSON.stringify(login)} is not a login that may be written into a table.`);
  if (server === null) return withheld(NO_SERVER_REASON);

  const proposals = new Map<string, Proposal>();
  for (const service of servicesOfTag(server, origin.program, "smtpd")) {
    const maps = effectiveValue(server, MAPS, service).expanded ?? "";
    const proposal = proposeFor(server, maps, sender, login);
    proposals.set(maps, proposal);
  }
  const [first, ...others] = proposals.values();
  if (first === undefined || others.length > 0)
    return withheld(`The services have different ${MAPS}: decide by hand which one to change.`);
  return [first];
}

function proposeFor(server: MailServer, maps: string, sender: string, login: string): Proposal {
  const tables = tablesIn(maps).flatMap((reference) => server.tables.get(specOf(reference)) ?? []);
  if (tables.length === 0)
    return {
      kind: "withheld",
      reason: `${MAPS} is empty: no address has an owner, and the restriction refuses nobody for it.`,
    };
  for (const table of tables) {
    if (table.content.kind !== "indexed") {
      const where =
        table.content.kind === "absent"
          ? `is not here (${table.name})`
          : `is ${table.type}:${table.name}, not a text file of addresses`;
      return { kind: "withheld", reason: `${MAPS} ${where}: add ${login} to the owners of ${sender} there.` };
    }
  }
  // Postfix asks every table for the whole address before the shorter forms (maps_find, mail_addr_find).
  for (const key of [sender, sender.slice(0, sender.indexOf("@")), sender.slice(sender.indexOf("@"))]) {
    for (const table of tables) {
      const found = entryOf(table, key);
      if (found !== null)
        return key === sender ? extend(table, found, login) : add(table, sender, `${found.value}, ${login}`);
    }
  }
  const first = tables[0];
  return first === undefined ? { kind: "withheld", reason: `${MAPS} is empty.` } : add(first, sender, login);
}

function entryOf(table: LoadedTable, key: string): IndexedEntry | null {
  if (table.content.kind !== "indexed") return null;
  return table.content.tree.rules.find((rule) => rule.key.toLowerCase() === key.toLowerCase()) ?? null;
}

function extend(table: LoadedTable, entry: IndexedEntry, login: string): Proposal {
  if (table.content.kind !== "indexed") return { kind: "withheld", reason: "" };
  const owners = entry.value.split(/[\s,]+/);
  if (owners.some((owner) => owner.toLowerCase() === login.toLowerCase())) {
    return {
      kind: "withheld",
      reason: `${login} owns the address already, by line ${entry.line} of ${table.name}. Was postmap run?`,
    };
  }
  return editProposal(
    table,
    replaceValue(table.content.tree, entry, `${entry.value}, ${login}`),
    `${login} as another owner, line ${entry.line} of ${table.name}`,
  );
}

function add(table: LoadedTable, sender: string, owners: string): Proposal {
  const key = indexedKey(sender);
  if (table.content.kind !== "indexed" || key === null)
    return { kind: "withheld", reason: "The address cannot be written as a key." };
  return editProposal(
    table,
    insertEntry(table.content.tree, "end", key, owners),
    `${sender} owned by ${owners} in ${table.name}`,
  );
}

function editProposal(table: LoadedTable, result: ReturnType<typeof insertEntry>, detail: string): Proposal {
  if (!result.ok || !("file" in table.content)) {
    return {
      kind: "withheld",
      reason: `${table.name}: ${result.ok ? "it is not here" : REFUSAL_WORDS[result.reason]}.`,
    };
  }
  return { kind: "edit", files: [{ file: table.content.file, edits: result.edits }], detail, after: tableSteps(table) };
}

/** A SASL login is an address or a bare name. */
function isLogin(text: string): boolean {
  return isExpected(text, "email-address") || isExpected(`${text}@example.com`, "email-address");
}

function ask(sender: string): Proposal {
  const prompt = `Which login may send as ${sender}?`;
  return { kind: "ask", question: { id: QUESTION, prompt, placeholder: "user@example.com", expects: "email-address" } };
}
