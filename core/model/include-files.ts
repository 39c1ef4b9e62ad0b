import { type FileResult, isSourceFile, type SourceFile } from "../io/file-port.ts";
import { oncePer } from "../memory/remember.ts";
import { type AliasTarget, aliasTargets } from "../syntax/aliases/alias-targets.ts";
import { documentSpan } from "../syntax/lines/joined-text.ts";
import { parseLogicalLines } from "../syntax/lines/logical-lines.ts";
import type { Span } from "../text/span.ts";
import { resolveConfigurationPath } from "./configuration-paths.ts";
import { effectiveValue } from "./effective.ts";
import type { ListFile, MailServer, TableContent } from "./mail-server.ts";
import { specOf, tablesIn } from "./table-specs.ts";

/** A target of an alias or in a list that one includes, and where it stands in its file. */
export interface ListedTarget {
  readonly target: AliasTarget;
  readonly span: Span;
}

/** What a list says: one logical line after the other, as local(8) reads them. */
export const listedTargets = oncePer((file: SourceFile): readonly ListedTarget[] =>
  parseLogicalLines(file.text).nodes.flatMap((node) => {
    if (node.kind !== "logical") return [];
    const { joined } = node.line;
    return aliasTargets(joined.text).map((target) => ({
      target,
      span: documentSpan(joined, target.start, target.end),
    }));
  }),
);

/** What the aliases of a table name, where one of them includes a list. Most tables include none, and only then are all values read. */
export const targetsOfAliases = oncePer((table: ParsedTable): readonly ListedTarget[] => {
  if (!INCLUDE.test(table.file.text)) return [];
  return table.tree.rules.flatMap((entry) => {
    const value = entry.value.replace(/^:(?=\s)/, " ");
    if (!INCLUDE.test(value)) return [];
    const { joined } = entry.logical;
    const from = joined.text.indexOf(entry.value, entry.key.length);
    return aliasTargets(value).map((target) => ({
      target,
      span: documentSpan(joined, from + target.start, from + target.end),
    }));
  });
});

type ParsedTable = Extract<TableContent, { readonly kind: "indexed" }>;

/** local(8) takes it in any case. */
const INCLUDE = /:include:/i;

function includesIn(targets: readonly AliasTarget[]): readonly string[] {
  return targets.flatMap(({ kind, text }) => (kind === "include" && text.startsWith("/") ? [text] : []));
}

/** The lists that aliases include, and those that lists include, by the path there. What was not read yet is put on `wanted`. */
export function loadIncludeFiles(
  server: MailServer,
  files: ReadonlyMap<string, FileResult>,
  wanted: string[],
): ReadonlyMap<string, ListFile> {
  const lists = new Map<string, ListFile>();
  const left = [...aliasSpecs(server)].flatMap((spec) => {
    const content = server.tables.get(spec)?.content;
    return content?.kind === "indexed" ? includesIn(targetsOfAliases(content).map(({ target }) => target)) : [];
  });
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (lists.has(name)) continue;
    const path = resolveConfigurationPath(server.directory, server.isCopy, name);
    if (path !== null && !files.has(path)) wanted.push(path);
    const list = path === null ? "outside" : (files.get(path) ?? "missing");
    lists.set(name, list);
    if (list !== "outside" && isSourceFile(list))
      left.push(...includesIn(listedTargets(list).map(({ target }) => target)));
  }
  return lists;
}

/** The tables that local(8) looks for aliases in. */
export function aliasSpecs(server: MailServer): ReadonlySet<string> {
  const services = [null, ...(server.master?.tree.services ?? [])].filter(
    (service) => service === null || service.overrides.some(({ name }) => name === "alias_maps"),
  );
  const values = services.map((service) => effectiveValue(server, "alias_maps", service).expanded ?? "");
  return new Set(values.flatMap((value) => tablesIn(value).map(specOf)));
}
