import type { AfterStep, EditOffer } from "../../fixes/fix-offer.ts";
import type { SourceFile } from "../../io/file-port.ts";
import { expandIn } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { specOf, tablesIn } from "../../model/table-specs.ts";
import { splitList } from "../../syntax/value/list.ts";
import { span, textOf } from "../../text/span.ts";
import type { TextEdit } from "../../text/text-edit.ts";
import { assignments } from "../assignments.ts";
import { editOffer, OfferOnDemand } from "../edit-offer.ts";
import { aliasTables } from "../table-problems.ts";

/** Berkeley DB's types, and what holds the same where a build has it, the best first: only lmdb serves as a cache too. */
const BERKELEY: readonly string[] = ["hash", "btree"];
const INSTEAD = ["lmdb", "cdb"] as const;

/** Everywhere in main.cf and master.cf another type for those of Berkeley DB, which distributions drop; none if this build has none. */
export function otherType(
  server: MailServer,
  type: string,
  tableTypes: ReadonlySet<string> | null,
): readonly EditOffer[] {
  const better = INSTEAD.find((one) => tableTypes?.has(one) === true);
  if (better === undefined || tableTypes === null || !BERKELEY.includes(type)) return [];
  const gone = BERKELEY.filter((one) => !tableTypes.has(one));
  const edits = new Map<SourceFile, TextEdit[]>();
  const steps = new Map<string, AfterStep>();
  const aliases = aliasTables(server);
  for (const { file, service, valueText } of assignments(server)) {
    for (const element of splitList(valueText).elements) {
      const from = element.text.startsWith("proxy:") ? "proxy:".length : 0;
      const found = gone.find((one) => element.text.startsWith(`${one}:`, from));
      if (found === undefined) continue;
      const at = span(element.span.start + from, element.span.start + from + found.length);
      if (textOf(file.text, at) !== found) continue;
      edits.set(file, [...(edits.get(file) ?? []), { span: at, newText: better }]);
      for (const reference of tablesIn(expandIn(server, service, element.text) ?? "")) {
        const table = server.tables.get(specOf(reference));
        if (table?.content.kind !== "indexed") continue;
        const kind = aliases.has(table.spec) ? "postalias" : "postmap";
        steps.set(table.name, { kind, table: `${better}:${table.name}` });
      }
    }
  }
  const fix = {
    id: "unknown-table-type/replace",
    title: `Write ${better}: instead of ${gone.map((one) => `${one}:`).join(" and ")} everywhere in main.cf and master.cf`,
    safety: "review",
    cost: "Each table must be made anew with postmap, or Postfix does not find it.",
    reload: true,
  } as const;
  const offers = [...edits].map(([file, own]) => editOffer(server, fix, file, own));
  if (offers.length === 0) return [];
  const { id, title, safety, cost } = fix;
  return [
    new OfferOnDemand(
      {
        id,
        title,
        safety,
        cost,
        files: offers.flatMap(({ files }) => files),
        after: [...steps.values(), { kind: "reload" }],
      },
      () => offers.flatMap(({ commands }) => commands),
    ),
  ];
}
