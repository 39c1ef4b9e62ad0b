import type { AdmitResult } from "@postmaster/server/lsp/protocol.ts";
import { type Disposable, DocumentLink, EventEmitter, languages, Range, Uri, window, workspace } from "vscode";

/** Shows answers in a document that cannot be edited, each step linked to its line. */
export interface AdmissionDocuments extends Disposable {
  show(result: AdmitResult): Promise<void>;
}

const SCHEME = "postmaster-admission";
/** One document: an answer takes the place of the one before. */
const SHOWN = Uri.from({ scheme: SCHEME, path: "/Would this be let in" });

export function createAdmissionDocuments(): AdmissionDocuments {
  let shown: AdmitResult = { text: "", links: [], problem: null };
  const changed = new EventEmitter<Uri>();
  const parts: readonly Disposable[] = [
    changed,
    workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: () => shown.text,
    }),
    languages.registerDocumentLinkProvider({ scheme: SCHEME }, { provideDocumentLinks: () => linksOf(shown) }),
  ];
  return {
    async show(result) {
      shown = result;
      changed.fire(SHOWN);
      const document = await workspace.openTextDocument(SHOWN);
      await window.showTextDocument(document, { preview: false });
    },
    dispose: () => {
      for (const part of parts) part.dispose();
    },
  };
}

function linksOf({ links }: AdmitResult): DocumentLink[] {
  return links.map(({ range: { start, end }, uri, position }) => {
    const place = `L${position.line + 1},${position.character + 1}`;
    const target = Uri.parse(uri).with({ fragment: place });
    return new DocumentLink(new Range(start.line, start.character, end.line, end.character), target);
  });
}
