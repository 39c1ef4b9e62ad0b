import { type FileResult, isSourceFile, type SourceFile } from "../io/file-port.ts";
import { oncePer } from "../memory/remember.ts";
import { effectiveDefinition, type MainCf } from "../syntax/main-cf/parse-main-cf.ts";
import { type TableReference, tableSourceSyntax } from "../syntax/value/table-reference.ts";
import { isCopiedConfiguration, resolveConfigurationPath } from "./configuration-paths.ts";
import { expandIn } from "./effective.ts";
import { loadIncludeFiles } from "./include-files.ts";
import { loadListFiles } from "./list-files.ts";
import type { DefaultOf, LoadedTable, MailServer } from "./mail-server.ts";
import { mainCfOf, masterCfOf, tableContentOf } from "./parsed-files.ts";
import { joinPath } from "./paths.ts";
import { specOf, tablesIn } from "./table-specs.ts";

/** A server from files already read. */
export interface Assembled {
  /** Null without a main.cf. */
  readonly server: MailServer | null;
  /** Files that are named but were not given. Read them and assemble again. */
  readonly wanted: readonly string[];
}

/** Puts a server together from the files at hand (by path). Pure: the same files make the same server. */
export function assembleServer(
  directory: string,
  files: ReadonlyMap<string, FileResult>,
  defaultOf: DefaultOf,
  statuses: MailServer["statuses"] = new Map(),
): Assembled {
  const mainPath = joinPath(directory, "main.cf");
  const masterPath = joinPath(directory, "master.cf");
  const wanted = [mainPath, masterPath].filter((path) => !files.has(path));
  const mainFile = files.get(mainPath);
  if (mainFile === undefined || !isSourceFile(mainFile)) return { server: null, wanted };

  const masterFile = files.get(masterPath) ?? "missing";
  const bare: MailServer = {
    directory,
    isCopy: isCopiedConfiguration(directory),
    main: { file: mainFile, tree: mainCfOf(mainFile) },
    master: isSourceFile(masterFile) ? { file: masterFile, tree: masterCfOf(masterFile) } : null,
    tables: new Map(),
    lists: new Map(),
    includes: new Map(),
    masterProblem: isSourceFile(masterFile) ? null : masterFile,
    statuses,
    defaultOf,
  };
  const tables = new Map<string, LoadedTable>();
  for (const reference of referencedTables(bare)) {
    const spec = specOf(reference);
    if (tables.has(spec)) continue;
    tables.set(spec, loadTable(bare, reference, files, wanted));
  }
  const lists = loadListFiles(bare, files, wanted);
  const includes = loadIncludeFiles({ ...bare, tables }, files, wanted);
  return { server: { ...bare, tables, lists, includes }, wanted: [...new Set(wanted)] };
}

/** The server as it would be with other contents for some of its files. What the new contents name and was not read stays absent. */
export function withTexts(server: MailServer, texts: ReadonlyMap<string, string>): MailServer {
  return withFiles(server, (file) => {
    const text = texts.get(file.path);
    return text === undefined ? file : { ...file, text, parts: null };
  });
}

/** The same, with each of its files as `changed` gives it. */
export function withFiles(server: MailServer, changed: (file: SourceFile) => SourceFile): MailServer {
  const files = new Map<string, FileResult>();
  for (const file of sourceFiles(server)) files.set(file.path, changed(file));
  return assembleServer(server.directory, files, server.defaultOf, server.statuses).server ?? server;
}

/** The files at hand that the configuration is made of. */
export function sourceFiles(server: MailServer): readonly SourceFile[] {
  const files = [server.main.file];
  if (server.master !== null) files.push(server.master.file);
  for (const table of server.tables.values()) if ("file" in table.content) files.push(table.content.file);
  for (const list of [...server.lists.values(), ...server.includes.values()]) {
    if (typeof list !== "string") files.push(list);
  }
  return files;
}

interface KnownReferences {
  last: { readonly server: MailServer; readonly references: readonly TableReference[] } | null;
}

/** The tables that a main.cf was last found to name: a server is put together again as soon as they are read. */
const knownReferences = oncePer((_tree: MainCf): KnownReferences => ({ last: null }));

function referencedTables(server: MailServer): readonly TableReference[] {
  const known = knownReferences(server.main.tree);
  if (known.last === null || !namesTheSame(known.last.server, server)) {
    known.last = { server, references: findReferences(server) };
  }
  return known.last.references;
}

/** Whether two servers of one main.cf cannot but name the same tables. */
function namesTheSame(a: MailServer, b: MailServer): boolean {
  return a.master?.tree === b.master?.tree && a.directory === b.directory && a.defaultOf === b.defaultOf;
}

function findReferences(server: MailServer): readonly TableReference[] {
  const found: TableReference[] = [];
  for (const definition of server.main.tree.definitions) {
    if (!mayNameTable(definition.value)) continue;
    if (effectiveDefinition(server.main.tree, definition.name) !== definition) continue;
    found.push(...tablesIn(expandIn(server, null, definition.value) ?? ""));
  }
  for (const service of server.master?.tree.services ?? []) {
    for (const { value } of service.overrides) {
      if (mayNameTable(value)) found.push(...tablesIn(expandIn(server, service, value) ?? ""));
    }
  }
  return found;
}

/** Most values name none, and expanding all of them after each keystroke would be felt. */
function mayNameTable(value: string): boolean {
  return value.includes(":") || value.includes("$");
}

function loadTable(
  server: MailServer,
  reference: TableReference,
  files: ReadonlyMap<string, FileResult>,
  wanted: string[],
): LoadedTable {
  const named = { spec: specOf(reference), type: reference.type.toLowerCase(), name: reference.name };
  if (named.type === "inline") return { ...named, path: null, content: { kind: "inline", entries: reference.entries } };
  const syntax = tableSourceSyntax(named.type);
  if (syntax === null || syntax === "client") return { ...named, path: null, content: { kind: "opaque" } };
  const path = resolveConfigurationPath(server.directory, server.isCopy, named.name);
  if (path === null) return { ...named, path, content: { kind: "absent", problem: "outside" } };
  const file = files.get(path);
  if (file === undefined) {
    wanted.push(path);
    return { ...named, path, content: { kind: "absent", problem: "missing" } };
  }
  return {
    ...named,
    path,
    content: isSourceFile(file) ? tableContentOf(syntax, named.type, file) : { kind: "absent", problem: file },
  };
}
