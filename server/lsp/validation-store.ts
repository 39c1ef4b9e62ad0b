import type { Diagnostic } from "vscode-languageserver";

/** What Postfix said about documents when it was last asked. It holds until a document changes: then nobody knows any more. */
export interface ValidationStore {
  /** Replaces all. `versions` null: not open then, and read from disk. */
  set(
    found: ReadonlyMap<string, { readonly version: number | null; readonly diagnostics: readonly Diagnostic[] }>,
  ): void;
  of(uri: string, version: number): readonly Diagnostic[];
}

export function createValidationStore(): ValidationStore {
  let kept: Parameters<ValidationStore["set"]>[0] = new Map();
  return {
    set(found) {
      kept = found;
    },
    of(uri, version) {
      const one = kept.get(uri);
      return one === undefined || (one.version !== null && one.version !== version) ? [] : one.diagnostics;
    },
  };
}
