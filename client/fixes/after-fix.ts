import type { AfterFixArguments } from "@postmaster/server/lsp/protocol.ts";
import { type TextDocument, window, workspace } from "vscode";
import { afterSummary } from "../text/after-summary.ts";
import { plainText } from "../text/plain-text.ts";
import type { ChangedDocuments } from "./changed-documents.ts";
import { showWithCommands } from "./show-commands.ts";

const SAVE = "Save";

/**
 * Says what has to happen before an applied fix takes effect. The refactor preview reports success even when nothing in it was ticked,
 * so first of all: did the documents change?
 */
export async function afterFix(
  fix: AfterFixArguments,
  changes: ChangedDocuments,
  uriOf: (document: TextDocument) => string,
): Promise<void> {
  const untouched = fix.uris.filter((uri, index) => !changes.changed(uri, fix.versions[index] ?? null));
  if (fix.uris.length > 0 && untouched.length === fix.uris.length) {
    void window.showWarningMessage("Nothing was changed: tick the edit in the preview, then apply it.");
    return;
  }
  if (untouched.length > 0) {
    const names = untouched.map(fileName).join(", ");
    void window.showWarningMessage(
      plainText(
        `Only a part of the fix was applied. Not changed: ${names}. Undo it, or tick all edits in the preview.`,
      ),
    );
    return;
  }
  const unsaved = workspace.textDocuments.filter((document) => document.isDirty && fix.uris.includes(uriOf(document)));
  const wantsSave = await showWithCommands(
    afterSummary(fix.after, unsaved.length > 0),
    fix.commands,
    fix.onLogHost,
    unsaved.length > 0 ? SAVE : null,
  );
  if (!wantsSave) return;
  const saved = await Promise.all(unsaved.map((document) => document.save()));
  if (!saved.includes(false) && fix.after.length > 0) {
    await showWithCommands(afterSummary(fix.after, false), fix.commands, fix.onLogHost);
  }
}

function fileName(uri: string): string {
  const last = uri.slice(uri.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
