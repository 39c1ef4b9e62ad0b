import type { SourceFile } from "../../io/file-port.ts";
import type { MailServer } from "../../model/mail-server.ts";
import type { ConfigDocument } from "./context.ts";

/** The files of a configuration that are read: main.cf, master.cf, the tables. */
export function configDocuments(server: MailServer): readonly ConfigDocument[] {
  const documents: ConfigDocument[] = [{ kind: "main", ...server.main }];
  if (server.master !== null) documents.push({ kind: "master", ...server.master });
  const seen = new Set<string>();
  for (const { content } of server.tables.values()) {
    if (!("file" in content) || seen.has(content.file.path)) continue;
    seen.add(content.file.path);
    documents.push(content);
  }
  return documents;
}

/** A place in a file of a configuration. */
export interface ConfigPlace {
  readonly path: string;
  /** Null for a file that is named but was not read. */
  readonly file: SourceFile | null;
  /** Offsets in the file's text. */
  readonly span: { readonly start: number; readonly end: number };
}
