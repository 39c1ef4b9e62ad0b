import { type Disposable, type TextDocument, workspace } from "vscode";

/** How long a change counts as "just now", in milliseconds: the time from applying an edit to the command that follows it. */
const JUST_NOW = 10_000;

/** Remembers which documents changed a moment ago, also those that an edit opened, saved and closed behind the scenes. */
export interface ChangedDocuments extends Disposable {
  /** `version`: of the document when the edit was made; null if it was not open then. */
  changed(uri: string, version: number | null): boolean;
}

export function watchChanges(uriOf: (document: TextDocument) => string): ChangedDocuments {
  const changes = new Map<string, number>();
  const subscription = workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length === 0 || document.uri.scheme === "output") return;
    const now = Date.now();
    for (const [uri, time] of changes) if (now - time > JUST_NOW) changes.delete(uri);
    changes.set(uriOf(document), now);
  });
  return {
    changed: (uri, version) => {
      const open = workspace.textDocuments.find((document) => uriOf(document) === uri);
      if (open !== undefined && version !== null) return open.version !== version;
      return Date.now() - (changes.get(uri) ?? 0) <= JUST_NOW;
    },
    dispose: () => {
      subscription.dispose();
    },
  };
}
