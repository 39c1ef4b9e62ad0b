import type { FileResult, SourceFile } from "../../io/file-port.ts";
import { assembleServer } from "../../model/assemble.ts";
import type { DefaultOf, MailServer } from "../../model/mail-server.ts";
import { joinPath, parentOf } from "../../model/paths.ts";
import type { PostfixVersion } from "../../reference/postfix-version.ts";
import { type MainCf, parseMainCf } from "../../syntax/main-cf/parse-main-cf.ts";
import { type MasterCf, parseMasterCf } from "../../syntax/master-cf/parse-master-cf.ts";
import { type CidrTable, parseCidrTable } from "../../syntax/table/parse-cidr-table.ts";
import { type ClientConfig, parseClientConfig } from "../../syntax/table/parse-client-config.ts";
import { type IndexedTable, parseIndexedTable } from "../../syntax/table/parse-indexed-table.ts";
import { type PatternTable, parsePatternTable } from "../../syntax/table/parse-pattern-table.ts";

/** A file of a configuration and what it says. */
export type ConfigDocument =
  | { readonly kind: "main"; readonly file: SourceFile; readonly tree: MainCf }
  | { readonly kind: "master"; readonly file: SourceFile; readonly tree: MasterCf }
  | { readonly kind: "indexed"; readonly file: SourceFile; readonly tree: IndexedTable }
  | { readonly kind: "pattern"; readonly file: SourceFile; readonly tree: PatternTable }
  | { readonly kind: "cidr"; readonly file: SourceFile; readonly tree: CidrTable }
  | { readonly kind: "client"; readonly file: SourceFile; readonly tree: ClientConfig };

export type TableDocument = Extract<ConfigDocument, { readonly kind: "indexed" | "pattern" | "cidr" }>;

/** What every language feature works on: one document, and the configuration it belongs to with that document in it. */
export interface ConfigContext {
  readonly document: ConfigDocument;
  readonly server: MailServer;
  /** The release the configuration is for; null: any. */
  readonly version: PostfixVersion | null;
}

const KINDS = {
  "postfix-main-cf": "main",
  "postfix-master-cf": "master",
  "postfix-table": "indexed",
  "postfix-regexp-table": "pattern",
  "postfix-cidr-table": "cidr",
  "postfix-table-config": "client",
} as const;

export type ConfigKind = ConfigDocument["kind"];

/** The languages of the files of a configuration. */
export const configLanguages: readonly string[] = Object.keys(KINDS);

/** What a document of a language is; null for languages of others. */
export function configKind(languageId: string): ConfigKind | null {
  return Object.entries(KINDS).find(([language]) => language === languageId)?.[1] ?? null;
}

/** A document as the server has it already parsed, else parsed now. How the configuration names a table wins over its language. */
export function configDocument(kind: ConfigKind, file: SourceFile, server: MailServer | null): ConfigDocument {
  if (server !== null) {
    if (kind === "main" && server.main.file.path === file.path) return { kind, ...server.main };
    if (kind === "master" && server.master?.file.path === file.path) return { kind, ...server.master };
    for (const { path, content } of server.tables.values()) {
      if (path === file.path && "tree" in content) return content;
    }
  }
  switch (kind) {
    case "main":
      return { kind, file, tree: parseMainCf(file.text) };
    case "master":
      return { kind, file, tree: parseMasterCf(file.text) };
    case "indexed":
      return { kind, file, tree: parseIndexedTable(file.text) };
    case "pattern":
      return { kind, file, tree: parsePatternTable(file.text, file.path.endsWith(".regexp") ? "regexp" : "pcre") };
    case "cidr":
      return { kind, file, tree: parseCidrTable(file.text) };
    case "client":
      return { kind, file, tree: parseClientConfig(file.text) };
    default:
      return kind satisfies never;
  }
}

/** A configuration of this one file, for a document that belongs to none. */
function serverOfOneFile(kind: ConfigKind, file: SourceFile, defaultOf: DefaultOf): MailServer {
  const directory = parentOf(file.path);
  const mainPath = joinPath(directory, "main.cf");
  const empty: SourceFile = { ...file, uri: "", path: mainPath, text: "", parts: null, version: null, writable: false };
  const files = new Map<string, FileResult>();
  files.set(mainPath, kind === "main" ? { ...file, path: mainPath } : empty);
  if (kind === "master")
    files.set(joinPath(directory, "master.cf"), { ...file, path: joinPath(directory, "master.cf") });
  const { server } = assembleServer(directory, files, defaultOf);
  if (server === null) throw new TypeError("a main.cf that was given makes a server");
  return server;
}

/** The context of a document; `server` null: of this one file. */
export function configContext(
  kind: ConfigKind,
  file: SourceFile,
  server: MailServer | null,
  defaultOf: DefaultOf,
  version: PostfixVersion | null,
): ConfigContext {
  const own = server ?? serverOfOneFile(kind, file, defaultOf);
  const document = configDocument(kind, server === null && isServerFile(kind) ? fileOf(kind, own, file) : file, own);
  return { document, server: own, version };
}

function isServerFile(kind: ConfigKind): boolean {
  return kind === "main" || kind === "master";
}

function fileOf(kind: ConfigKind, server: MailServer, file: SourceFile): SourceFile {
  return (kind === "main" ? server.main.file : server.master?.file) ?? file;
}
