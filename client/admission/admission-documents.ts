import type { AdmitParameters, AdmitResult } from "@postmaster/server/lsp/protocol.ts";
import { type Disposable, DocumentLink, EventEmitter, languages, Range, Uri, window, workspace } from "vscode";

/** Shows answers in a document that cannot be edited, each step linked to its line, and what can be told to asking again. */
export interface AdmissionDocuments extends Disposable {
  show(asked: AdmitParameters, result: AdmitResult): Promise<void>;
}

/** What the command `postmaster.admit` is given: what is left out is asked. */
export interface AdmitArguments extends Partial<AdmitParameters> {
  /** One more assumption, which the user may change before it is told. */
  readonly telling?: string;
}

const SCHEME = "postmaster-admission";
/** One document: an answer takes the place of the one before. */
const SHOWN = Uri.from({ scheme: SCHEME, path: "/Would this be let in" });

export function createAdmissionDocuments(): AdmissionDocuments {
  let shown: { readonly text: string; readonly links: readonly DocumentLink[] } = { text: "", links: [] };
  const changed = new EventEmitter<Uri>();
  const parts: readonly Disposable[] = [
    changed,
    workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: () => shown.text,
    }),
    languages.registerDocumentLinkProvider({ scheme: SCHEME }, { provideDocumentLinks: () => [...shown.links] }),
  ];
  return {
    async show(asked, result) {
      shown = { text: result.text, links: [...placesOf(result), ...tellsOf(asked, result)] };
      changed.fire(SHOWN);
      const document = await workspace.openTextDocument(SHOWN);
      await window.showTextDocument(document, { preview: false });
    },
    dispose: () => {
      for (const part of parts) part.dispose();
    },
  };
}

function placesOf({ links }: AdmitResult): readonly DocumentLink[] {
  return links.map(({ range, uri, position }) => {
    const place = `L${position.line + 1},${position.character + 1}`;
    return new DocumentLink(rangeOf(range), Uri.parse(uri).with({ fragment: place }));
  });
}

function tellsOf(asked: AdmitParameters, { tells }: AdmitResult): readonly DocumentLink[] {
  return tells.map(({ range, assumption }) => {
    const given: AdmitArguments = { ...asked, telling: assumption };
    const link = new DocumentLink(
      rangeOf(range),
      Uri.from({ scheme: "command", path: "postmaster.admit", query: JSON.stringify([given]) }),
    );
    link.tooltip = "Say what it would answer, and ask again";
    return link;
  });
}

function rangeOf({ start, end }: AdmitResult["links"][number]["range"]): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
