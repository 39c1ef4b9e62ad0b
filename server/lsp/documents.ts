import path from "node:path";
import { fileURLToPath } from "node:url";
import { type OpenLog, openLog } from "@postmaster/core/features/open-log.ts";
import { createLogDocument } from "@postmaster/core/log/log-document.ts";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import { lately } from "@postmaster/core/memory/remember.ts";
import type { TextDocumentContentChangeEvent, TextDocumentItem } from "vscode-languageserver";
import { type OpenText, openText } from "./open-text.ts";

interface DocumentBase {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
}

export type LogFile = DocumentBase & { readonly kind: "log"; readonly log: OpenLog };
export type TextFile = DocumentBase & { readonly kind: "text"; readonly text: OpenText };

/** A log is kept as lines, each read once; everything else as text. */
export type OpenDocument = LogFile | TextFile;

/** What is answered where only a log has an answer. */
export const NO_OPEN_LOG = "This is not an open mail log.";

/** What the editor has open, as it last told. */
export interface Documents {
  open(item: TextDocumentItem): OpenDocument;
  /** Null for a document that is not open. */
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): OpenDocument | null;
  close(uri: string): void;
  get(uri: string): OpenDocument | null;
  /** Null for what is not open, or no log. */
  log(uri: string): LogFile | null;
  /** The open document of a file, whatever way its URI is written. Logs are no configuration: they are left out. */
  byPath(file: string): { readonly uri: string; readonly version: number; readonly text: string } | null;
  all(): Iterable<OpenDocument>;
  /** Grows with everything that is opened, changed or closed, but for logs: they are no configuration. */
  readonly revision: number;
}

/** Longer texts, in characters, are read in turns with everything else (open-logs.ts): these take about a millisecond. */
const READ_AT_ONCE = 65_536;

/** @param engine called when the first log is opened: compiling its templates takes a while */
export function createDocuments(engine: () => LogEngine): Documents {
  const documents = new Map<string, OpenDocument>();
  let revision = 0;
  const keep = (document: OpenDocument): OpenDocument => {
    documents.set(document.uri, document);
    if (document.kind === "text") revision += 1;
    return document;
  };
  return {
    open({ uri, languageId, version, text }) {
      if (languageId === "postfix-log") {
        return keep({
          kind: "log",
          uri,
          languageId,
          version,
          log: openLog(createLogDocument(engine(), text, READ_AT_ONCE)),
        });
      }
      return keep({ kind: "text", uri, languageId, version, text: openText(text) });
    },
    change(uri, version, changes) {
      const document = documents.get(uri);
      if (document === undefined) return null;
      if (document.kind === "text") {
        const text = changes.reduce<OpenText>((now, change) => now.changed(change), document.text);
        return keep({ ...document, version, text });
      }
      const { log } = document;
      for (const change of changes) {
        if ("range" in change) {
          const { start, end } = change.range;
          log.change(start.line, start.character, end.line, end.character, change.text);
        } else log.change(0, 0, Number.MAX_SAFE_INTEGER, 0, change.text);
      }
      return keep({ ...document, version, log });
    },
    close(uri) {
      if (documents.get(uri)?.kind === "text") revision += 1;
      documents.delete(uri);
    },
    get: (uri) => documents.get(uri) ?? null,
    log(uri) {
      const document = documents.get(uri);
      return document?.kind === "log" ? document : null;
    },
    byPath(file) {
      for (const document of documents.values()) {
        if (document.kind === "text" && pathOf(document.uri) === file) {
          return { uri: document.uri, version: document.version, text: document.text.text };
        }
      }
      return null;
    },
    all: () => documents.values(),
    get revision() {
      return revision;
    },
  };
}

/**
 * The file of a `file:` URI, normal and absolute; null for other documents and for URIs that are none. After each keystroke it is asked for every open document
 * beside every file of the configuration.
 */
export const pathOf: (uri: string) => string | null = lately((uri) => {
  if (!uri.startsWith("file:")) return null;
  try {
    return path.normalize(fileURLToPath(uri));
  } catch {
    return null;
  }
});

/** A line without its break; empty for a line that does not exist. */
export function lineTextOf(document: OpenDocument, line: number): string {
  return document.kind === "log" ? document.log.lineText(line) : document.text.lineText(line);
}
