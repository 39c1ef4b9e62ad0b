import type { SourceFile } from "../io/file-port.ts";
import { oncePer } from "../memory/remember.ts";
import { type MainCf, parseMainCf } from "../syntax/main-cf/parse-main-cf.ts";
import { type MasterCf, parseMasterCf } from "../syntax/master-cf/parse-master-cf.ts";
import { parseCidrTable } from "../syntax/table/parse-cidr-table.ts";
import { type IndexedTable, parseIndexedTable } from "../syntax/table/parse-indexed-table.ts";
import { parsePatternTable } from "../syntax/table/parse-pattern-table.ts";
import { cutTail } from "../text/text-parts.ts";
import type { TableContent } from "./mail-server.ts";

// A tree is kept as long as the file it was made from: whoever hands in the same file again pays nothing.
export const mainCfOf: (file: SourceFile) => MainCf = oncePer((file: SourceFile) => parseMainCf(file.text));
export const masterCfOf: (file: SourceFile) => MasterCf = oncePer((file: SourceFile) => parseMasterCf(file.text));

/** The table last read from each path, as long as somebody has it: most changes to a large one add lines at its end. */
const latest = new Map<string, WeakRef<IndexedTable>>();
const MOST_PATHS = 1000;

const indexedOf = oncePer((file: SourceFile) => {
  const table = parseIndexedTable(file.text, latest.get(file.path)?.deref() ?? null, file.parts ?? cutTail(file.text));
  if (latest.size >= MOST_PATHS) latest.clear();
  latest.set(file.path, new WeakRef(table));
  return table;
});
const cidrOf = oncePer((file: SourceFile) => parseCidrTable(file.text));
const pcreOf = oncePer((file: SourceFile) => parsePatternTable(file.text, "pcre"));
const regexpOf = oncePer((file: SourceFile) => parsePatternTable(file.text, "regexp"));

/** A table's file as its type has it read. */
export function tableContentOf(syntax: "indexed" | "pattern" | "cidr", type: string, file: SourceFile): TableContent {
  if (syntax === "indexed") return { kind: "indexed", file, tree: indexedOf(file) };
  if (syntax === "cidr") return { kind: "cidr", file, tree: cidrOf(file) };
  return { kind: "pattern", file, tree: type === "pcre" ? pcreOf(file) : regexpOf(file) };
}
