import {
  TabInputCustom,
  TabInputNotebook,
  TabInputText,
  TabInputTextDiff,
  type TextEditor,
  type Uri,
  window,
} from "vscode";

/** What the user has before them. A file without an editor is shown in another way, or is too large for VS Code to give it to extensions. */
export type InFront =
  | { readonly kind: "editor"; readonly editor: TextEditor }
  | { readonly kind: "file"; readonly uri: Uri }
  | { readonly kind: "nothing" };

/**
 * What a command is about. The command that starts the extension may run before VS Code has told of the active editor: its tab is known, and
 * showing again what is shown already gives its editor, the cursor where it is.
 */
export async function inFront(): Promise<InFront> {
  const editor = window.activeTextEditor;
  if (editor !== undefined) return { kind: "editor", editor };
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof TabInputCustom || input instanceof TabInputNotebook) return { kind: "file", uri: input.uri };
  const uri = input instanceof TabInputText ? input.uri : input instanceof TabInputTextDiff ? input.modified : null;
  if (uri === null) return { kind: "nothing" };
  return window.showTextDocument(uri).then(
    (shown) => ({ kind: "editor", editor: shown }),
    () => ({ kind: "file", uri }),
  );
}
