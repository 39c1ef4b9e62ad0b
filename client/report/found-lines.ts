import type { ReportLinesResult } from "@postmaster/server/lsp/protocol.ts";
import {
  type Disposable,
  DocumentLink,
  EventEmitter,
  languages,
  Range,
  type TextDocument,
  Uri,
  window,
  workspace,
} from "vscode";
import { LINES_SCHEME, LOG_LANGUAGE } from "../language/language-ids.ts";

/** Shows the lines that a number counts in a document that cannot be edited, each linked to its place in the log. */
export interface FoundLines extends Disposable {
  /** @param query tells documents apart: the same query again replaces its lines */
  show(result: ReportLinesResult, query: string): Promise<void>;
}

/** Columns of a line that link to its place: the stamp, more or less. */
const LINKED = 15;
const MOST_KEPT = 20;

export function createFoundLines(): FoundLines {
  const shown = new Map<string, ReportLinesResult>();
  const changed = new EventEmitter<Uri>();
  const keep = (uri: Uri, result: ReportLinesResult): void => {
    shown.delete(uri.toString());
    shown.set(uri.toString(), result);
    for (const oldest of [...shown.keys()].slice(0, -MOST_KEPT)) shown.delete(oldest);
    changed.fire(uri);
  };
  const parts = [
    changed,
    workspace.registerTextDocumentContentProvider(LINES_SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => textOf(shown.get(uri.toString())),
    }),
    languages.registerDocumentLinkProvider(
      { scheme: LINES_SCHEME },
      { provideDocumentLinks: (document) => linksOf(document, shown.get(document.uri.toString())) },
    ),
  ];
  return {
    async show(result, query) {
      const uri = Uri.from({ scheme: LINES_SCHEME, path: `/${titleOf(result)}`, query });
      keep(uri, result);
      const document = await workspace.openTextDocument(uri);
      if (document.languageId !== LOG_LANGUAGE) await languages.setTextDocumentLanguage(document, LOG_LANGUAGE);
      await window.showTextDocument(document, { preview: true });
    },
    dispose: () => {
      for (const part of parts) part.dispose();
    },
  };
}

function titleOf({ lines, total }: ReportLinesResult): string {
  if (total === 1) return "One line";
  return lines.length === total ? `${total} lines` : `First ${lines.length} of ${total} lines`;
}

function textOf(result: ReportLinesResult | undefined): string {
  if (result === undefined) return "These lines are not kept any more: choose the number in the report again.\n";
  return result.total === 0
    ? "No line: the log has changed since.\n"
    : `${result.lines.map(({ text }) => text).join("\n")}\n`;
}

function linksOf(document: TextDocument, result: ReportLinesResult | undefined): DocumentLink[] {
  return (result?.lines ?? []).map(({ uri, line }, index) => {
    const width = Math.min(LINKED, document.lineAt(Math.min(index, document.lineCount - 1)).text.length);
    const link = new DocumentLink(new Range(index, 0, index, width), Uri.parse(uri).with({ fragment: `L${line + 1}` }));
    link.tooltip = `Line ${line + 1} of ${Uri.parse(uri).path}`;
    return link;
  });
}
