import type { LoadedTable } from "../model/mail-server.ts";
import { baseName } from "../model/paths.ts";
import { insertEntry } from "../syntax/table/edit-table.ts";
import { indexedKey, literalPattern, tableAction } from "../syntax/table/literal-key.ts";
import type { TableRule } from "../syntax/table/table-tree.ts";
import { REFUSAL_WORDS } from "./edit-words.ts";
import type { FileEdit } from "./fix-offer.ts";

export type ExceptionEdit =
  | { readonly ok: true; readonly file: FileEdit /** The new line, as it will stand there. */; readonly line: string }
  | { readonly ok: false; readonly reason: string };

/** A rule for exactly this HELO name, in the table's own syntax, at its top or above a rule. */
export function insertException(
  table: LoadedTable,
  above: TableRule | null,
  helo: string,
  action: "OK" | "DUNNO",
): ExceptionEdit {
  const { content } = table;
  const name = baseName(table.name);
  if (content.kind !== "pattern" && content.kind !== "indexed")
    return { ok: false, reason: `${table.spec} is no text file of names.` };
  const left = content.kind === "pattern" ? literalPattern(helo, content.tree.type) : indexedKey(helo.toLowerCase());
  const right = tableAction(action, content.kind === "pattern" ? content.tree.type : "indexed");
  if (left === null || right === null)
    return { ok: false, reason: `The HELO name cannot be written into ${name} without meaning something else there.` };
  const at = above === null ? "start" : { before: above };
  const result = insertEntry(content.tree, at, left, right);
  if (!result.ok) return { ok: false, reason: `${name}: ${REFUSAL_WORDS[result.reason]}.` };
  return { ok: true, file: { file: content.file, edits: result.edits }, line: `${left} ${right}` };
}
