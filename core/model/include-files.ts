import { type FileResult, isSourceFile, type SourceFile } from "../io/file-port.ts";
import { oncePer } from "../memory/remember.ts";
import { type AliasTarget, aliasTargets } from "../syntax/aliases/alias-targets.ts";
import { documentSpan } from "../syntax/lines/joined-text.ts";
import { parseLogicalLines } from "../syntax/lines/logical-lines.ts";
import type { IndexedTable } from "../syntax/table/parse-indexed-table.ts";
import type { Span } from "../text/span.ts";
import { resolveConfigurationPath } from "./configuration-paths.ts";
import { effectiveValue } from "./effective.ts";
import type { ListFile, MailServer } from "./mail-server.ts";
import { specOf, tablesIn } from "./table-specs.ts";

/** A target in a file that `:include:` names, and where it stands there. */
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

/** The paths that the aliases of a table include. Most tables include none, and they are long. */
const includedBy = oncePer((tree: IndexedTable): readonly string[] =>
  tree.rules.flatMap(({ value }) => (/:include:/i.test(value) ? includesIn(aliasTargets(value)) : [])),
);

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
    return content?.kind === "indexed" ? includedBy(content.tree) : [];
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

function aliasSpecs(server: MailServer): ReadonlySet<string> {
  const services = [null, ...(server.master?.tree.services ?? [])].filter(
    (service) => service === null || service.overrides.some(({ name }) => name === "alias_maps"),
  );
  const values = services.map((service) => effectiveValue(server, "alias_maps", service).expanded ?? "");
  return new Set(values.flatMap((value) => tablesIn(value).map(specOf)));
}
