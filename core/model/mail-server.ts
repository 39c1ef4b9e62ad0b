import type { FileProblem, FileResult, FileStatus, SourceFile } from "../io/file-port.ts";
import type { MainCf } from "../syntax/main-cf/parse-main-cf.ts";
import type { MasterCf } from "../syntax/master-cf/parse-master-cf.ts";
import type { CidrTable } from "../syntax/table/parse-cidr-table.ts";
import type { IndexedTable } from "../syntax/table/parse-indexed-table.ts";
import type { PatternTable } from "../syntax/table/parse-pattern-table.ts";

/** A file and what it says. */
export interface Parsed<Tree> {
  readonly file: SourceFile;
  readonly tree: Tree;
}

/** What is known of a table's contents. */
export type TableContent =
  | { readonly kind: "indexed"; readonly file: SourceFile; readonly tree: IndexedTable }
  | { readonly kind: "pattern"; readonly file: SourceFile; readonly tree: PatternTable }
  | { readonly kind: "cidr"; readonly file: SourceFile; readonly tree: CidrTable }
  /** Written out in the configuration itself. */
  | { readonly kind: "inline"; readonly entries: readonly { readonly key: string; readonly value: string }[] }
  /** A database: who may ask it is not us, and its client file holds passwords. */
  | { readonly kind: "opaque" }
  /** `outside`: the configuration is a copy and the table lies elsewhere on the machine it was copied from. */
  | { readonly kind: "absent"; readonly problem: FileProblem | "outside" };

/** A lookup table that the configuration names. */
export interface LoadedTable {
  /** `type:name`, `proxy:` taken off: its key in `MailServer.tables`. */
  readonly spec: string;
  readonly type: string;
  /** As named, expanded: for a file the path on the server itself. */
  readonly name: string;
  /** Where the file lies here; null for tables that are no text file or lie outside an opened copy. */
  readonly path: string | null;
  readonly content: TableContent;
}

/** `outside`: as with tables. */
export type ListFile = FileResult | "outside";

/** One configuration directory as its owner sees it, at one moment. */
export interface MailServer {
  /** Where main.cf lies, as the file port knows it. */
  readonly directory: string;
  /** The directory is an opened copy, not where Postfix runs from. */
  readonly isCopy: boolean;
  readonly main: Parsed<MainCf>;
  readonly master: Parsed<MasterCf> | null;
  /** Why there is no `master`. */
  readonly masterProblem: FileProblem | null;
  readonly tables: ReadonlyMap<string, LoadedTable>;
  /** Files of domains or networks that match lists name (`/etc/postfix/domains`), by that name. */
  readonly lists: ReadonlyMap<string, ListFile>;
  /** The lists that aliases name with `:include:`, and those that these lists name, by the path there. */
  readonly includes: ReadonlyMap<string, ListFile>;
  /** By path, of the files that `statusPaths` names; empty in a copy and where nobody looked. */
  readonly statuses: ReadonlyMap<string, FileStatus | FileProblem>;
  /** A parameter's built-in default, unexpanded; null for names Postfix does not have. */
  readonly defaultOf: DefaultOf;
}

export type DefaultOf = (name: string) => string | null;
