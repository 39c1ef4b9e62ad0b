import { countLeading } from "../collections/count-leading.ts";
import type { SourceFile } from "../io/file-port.ts";
import { textIn } from "../io/text-in.ts";
import { oncePer } from "../memory/remember.ts";
import { effectiveValue } from "../model/effective.ts";
import type { LoadedTable, MailServer } from "../model/mail-server.ts";
import { specOf, tablesIn } from "../model/table-specs.ts";
import type { MasterService } from "../syntax/master-cf/parse-master-cf.ts";
import type { Table, TableProblem, TableProblemKind, TableRule } from "../syntax/table/table-tree.ts";

/** A problem of a table's text and where it lies. */
export interface PlacedTableProblem {
  readonly table: LoadedTable;
  readonly file: SourceFile;
  readonly problem: TableProblem;
  /** The rule of a table of patterns or networks that the problem lies in; null for a line that is none. */
  readonly rule: TableRule | null;
  /** The text that is marked. */
  readonly text: string;
}

/** The problems of these kinds in the tables that the configuration names. A file under several types is looked at once for each way of reading. */
export function tableProblems(server: MailServer, kinds: readonly TableProblemKind[]): readonly PlacedTableProblem[] {
  const seen = new Set<string>();
  const found: PlacedTableProblem[] = [];
  const aliases = aliasTables(server);
  for (const table of server.tables.values()) {
    const { content } = table;
    if (!("tree" in content) || aliases.has(table.spec)) continue;
    const key = `${content.kind} ${content.file.path}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const tree: Table<TableRule> = content.tree;
    const problems = tree.problems.filter(({ kind }) => kinds.includes(kind));
    for (const problem of problems) {
      const rule = content.kind === "indexed" ? null : ruleAt(tree.rules, problem.line);
      found.push({ table, file: content.file, problem, rule, text: textIn(content.file, problem.span) });
    }
  }
  return found;
}

/** Tables that postalias(1) makes: their files are written in another way, `key: value`. */
export const aliasTables = oncePer((server: MailServer): ReadonlySet<string> => {
  const services = [null, ...(server.master?.tree.services ?? []).filter(setsAliases)];
  const named = services.flatMap((service) =>
    ALIASES.map((name) => effectiveValue(server, name, service).expanded ?? ""),
  );
  return new Set([...new Set(named)].flatMap((value) => tablesIn(value).map(specOf)));
});

const ALIASES = ["alias_maps", "alias_database"];

/** Only a service with options of its own can see others than main.cf names. */
function setsAliases({ overrides }: MasterService): boolean {
  return overrides.length > 0;
}

/** The rule that begins in a line; they are in order, and there may be a million. */
function ruleAt(rules: readonly TableRule[], line: number): TableRule | null {
  const found = rules[countLeading(rules.length, (index) => (rules[index]?.line ?? 0) < line)];
  return found?.line === line ? found : null;
}
