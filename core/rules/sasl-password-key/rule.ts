import type { EditOffer } from "../../fixes/fix-offer.ts";
import { tableSteps } from "../../fixes/table-steps.ts";
import { effectiveValue } from "../../model/effective.ts";
import type { LoadedTable, MailServer } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import { specOf, tablesIn } from "../../model/table-specs.ts";
import type { IndexedEntry } from "../../syntax/table/parse-indexed-table.ts";
import { lowerAscii } from "../../text/ascii.ts";
import { nameInMessage } from "../name-in-message.ts";
import { parseNextHop } from "../next-hop.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { isOn, textFor } from "../settings-of.ts";

export const saslPasswordKey: Rule = {
  id: "sasl-password-key",
  title: "A password that is never found",
  severity: "warning",
  manualUrl: "https://www.postfix.org/SASL_README.html#client_sasl_enable",
  check: (server) => {
    if (!isOn(server, null, "smtp_sasl_auth_enable")) return [];
    const relayhost = textFor(server, null, "relayhost");
    const hop = parseNextHop(relayhost);
    if (hop === null) return [];
    // Postfix asks for the host it is connected to, then for the destination as it is written.
    const asked = new Set([lowerAscii(relayhost), ...(hop.bracketed ? [hop.host] : [])]);
    const entries = passwordTables(server).flatMap((table) => entriesOf(table).map((entry) => ({ table, entry })));
    if (entries.some(({ entry }) => asked.has(lowerAscii(entry.key)))) return [];
    return entries
      .filter(({ entry }) => parseNextHop(entry.key)?.host === hop.host)
      .flatMap(({ table, entry }) => problemOf(table, entry, relayhost));
  },
};

/** None if one of them is a database, a pattern or not at hand: it may know the key. */
function passwordTables(server: MailServer): readonly LoadedTable[] {
  const references = tablesIn(effectiveValue(server, "smtp_sasl_password_maps").expanded ?? "");
  const tables = references.flatMap((reference) => server.tables.get(specOf(reference)) ?? []);
  return tables.length === references.length && tables.every(({ content }) => content.kind === "indexed") ? tables : [];
}

function entriesOf({ content }: LoadedTable): readonly IndexedEntry[] {
  return content.kind === "indexed" ? content.tree.rules : [];
}

function problemOf(table: LoadedTable, { key, keySpan }: IndexedEntry, relayhost: string): readonly RuleProblem[] {
  if (!("file" in table.content)) return [];
  const { file } = table.content;
  const shown = nameInMessage(relayhost);
  return [
    {
      file,
      span: keySpan,
      message: `relayhost is written ${shown}, and Postfix looks that up: it never finds ${nameInMessage(key)} and sends without logging in.`,
      fixes: [rename()],
    },
  ];

  function rename(): EditOffer {
    const fix = {
      id: "sasl-password-key/rename",
      title: `Write the key ${shown} in ${baseName(file.path)}`,
      safety: "review",
      cost: "Postfix logs in at the relay host with this password.",
    } as const;
    const edits = [{ span: keySpan, newText: relayhost }];
    // No command: it would quote the password.
    return { kind: "edit", ...fix, after: tableSteps(table), commands: [], files: [{ file, edits }] };
  }
}
