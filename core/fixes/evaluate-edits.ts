import type { SourceFile } from "../io/file-port.ts";
import { compareAdmission, type Widening } from "../model/admission/compare-admission.ts";
import type { PolicyKnowledge } from "../model/admission/restriction-effect.ts";
import { withTexts } from "../model/assemble.ts";
import type { MailServer } from "../model/mail-server.ts";
import { applyEdits } from "../text/text-edit.ts";
import type { FileEdit } from "./fix-offer.ts";

/** One file before and after. */
export interface ChangedFile {
  readonly file: SourceFile;
  readonly text: string;
}

export interface Evaluation {
  readonly changed: readonly ChangedFile[];
  /** The server with the edits in it; null without a server. */
  readonly after: MailServer | null;
  readonly widenings: readonly Widening[];
}

/** Applies edits to a copy and looks at the result: what the fix really does, not what it means to do. */
export function evaluateEdits(
  server: MailServer | null,
  files: readonly FileEdit[],
  policies?: { readonly before: PolicyKnowledge; readonly after: PolicyKnowledge },
): Evaluation {
  const changed = files.map(({ file, edits }) => ({ file, text: applyEdits(file.text, edits) }));
  if (server === null) return { changed, after: null, widenings: [] };
  const after = withTexts(server, new Map(changed.map(({ file, text }) => [file.path, text])));
  return { changed, after, widenings: compareAdmission(server, after, policies) };
}

/** Edits of the same file as one; files without a change left out. */
export function mergeFileEdits(edits: readonly FileEdit[]): readonly FileEdit[] {
  const byPath = new Map<string, FileEdit>();
  for (const edit of edits) {
    const known = byPath.get(edit.file.path);
    byPath.set(
      edit.file.path,
      known === undefined ? edit : { file: known.file, edits: [...known.edits, ...edit.edits] },
    );
  }
  return [...byPath.values()].filter((edit) => edit.edits.length > 0);
}
