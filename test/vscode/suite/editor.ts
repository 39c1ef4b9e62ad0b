import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { eventually } from "../../eventually.ts";

/** Absolute path of a file in the opened folder, which is a scratch copy of samples/. */
export function inWorkspace(...parts: readonly string[]): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error("no folder is open");
  return join(folder.uri.fsPath, ...parts);
}

/** Open a file of the folder in an editor. */
export async function open(...parts: readonly string[]): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(inWorkspace(...parts)));
  await vscode.window.showTextDocument(document);
  return document;
}

/** The file as it is on disk now. */
export function onDisk(...parts: readonly string[]): Promise<string> {
  return readFile(inWorkspace(...parts), "utf8");
}

/** The document's language, once it is the given one. */
export async function languageBecomes(document: vscode.TextDocument, language: string): Promise<void> {
  const { uri } = document;
  const present = () => vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString())?.languageId;
  await eventually(`${uri.path} to be ${language}`, () => present() === language, { instead: present });
}

/** A diagnostic's code as the server gave it, whether or not it links somewhere. */
function codeOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  if (code === undefined) return "";
  return String(typeof code === "object" ? code.value : code);
}

/** The codes of the diagnostics that begin in a line (from 0). */
export function codesInLine(document: vscode.TextDocument, line: number): readonly string[] {
  return diagnosticsInLine(document, line).map(codeOf);
}

function diagnosticsInLine(document: vscode.TextDocument, line: number): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(({ range }) => range.start.line === line);
}

/** Waits until the server has said what it finds: before that, "no diagnostic" means nothing. */
export async function diagnosticsArrive(document: vscode.TextDocument): Promise<void> {
  const { uri } = document;
  await eventually(`diagnostics of ${uri.path}`, () => vscode.languages.getDiagnostics(uri).length > 0);
}

/** Waits for the diagnostic with this code on the first line that holds some words. */
export function diagnosticOn(document: vscode.TextDocument, code: string, words: string): Promise<vscode.Diagnostic> {
  const { line } = rangeOf(document, words).start;
  return eventually(
    `a diagnostic ${code} in line ${line + 1} of ${document.uri.path}`,
    () => diagnosticsInLine(document, line).find((one) => codeOf(one) === code),
    { instead: () => codesInLine(document, line) },
  );
}

/** Waits until no diagnostic of the document speaks of something. */
export async function diagnosticGone(document: vscode.TextDocument, words: string): Promise<void> {
  const { uri } = document;
  const left = () => vscode.languages.getDiagnostics(uri).filter(({ message }) => message.includes(words));
  await eventually(`no diagnostic to speak of ${words}`, () => left().length === 0, {
    instead: () => left().map(({ message }) => message),
  });
}

/** What the hovers at a place say, as Markdown. */
export async function hoverText(document: vscode.TextDocument, at: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<readonly vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    at,
  );
  return hovers.flatMap((hover) => hover.contents.map(plain)).join("\n\n");
}

function plain(content: vscode.MarkdownString | vscode.MarkedString): string {
  return typeof content === "string" ? content : content.value;
}

/** The code actions offered for a range, resolved, in the order the menu shows them. */
async function codeActions(document: vscode.TextDocument, range: vscode.Range): Promise<readonly vscode.CodeAction[]> {
  const RESOLVE_AT_MOST = 100;
  const offered = await vscode.commands.executeCommand<readonly (vscode.CodeAction | vscode.Command)[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    range,
    undefined,
    RESOLVE_AT_MOST,
  );
  return offered.filter((one): one is vscode.CodeAction => !("arguments" in one) || typeof one.command !== "string");
}

/** The offered action whose title holds the given words; waits, for the server may still be reading the configuration. */
export function actionTitled(
  document: vscode.TextDocument,
  range: vscode.Range,
  words: string,
): Promise<vscode.CodeAction> {
  let seen: readonly string[] = [];
  return eventually(
    `a code action "${words}"`,
    async () => {
      const actions = await codeActions(document, range);
      seen = actions.map((one) => one.title);
      return actions.find((one) => one.title.includes(words));
    },
    { instead: () => seen },
  );
}

/**
 * Apply an action as the menu would: its edit, then its command; then save everything.
 * An edit that VS Code would show in the refactor preview is applied as if every box had been ticked.
 * The command is not waited for: it may tell the person something and wait for the answer.
 */
export async function apply(action: vscode.CodeAction): Promise<void> {
  const { command, arguments: given } = action.command ?? {};
  const values: readonly unknown[] = given ?? [];
  const [first, after] = values;
  const edit = first instanceof vscode.WorkspaceEdit ? first : action.edit;
  if (edit !== undefined && !(await vscode.workspace.applyEdit(ticked(edit)))) {
    throw new Error(`VS Code refused the edit of "${action.title}"`);
  }
  if (first === edit && edit !== undefined) void vscode.commands.executeCommand("postmaster.afterFix", after);
  else if (command !== undefined) void vscode.commands.executeCommand(command, ...values);
  // Not `saveAll`, which knows only what has an editor: a file changed behind the scenes gets one a moment later.
  const dirty = vscode.workspace.textDocuments.filter((document) => document.isDirty && !document.isUntitled);
  for (const { uri } of dirty) await save(uri);
}

/** VS Code may close a document and open it anew meanwhile, as when it gets an editor: then the new one is saved. */
async function save(uri: vscode.Uri): Promise<void> {
  let refusal: unknown = null;
  await eventually(
    `${uri.path} to be saved`,
    async () => {
      const document = await vscode.workspace.openTextDocument(uri);
      if (!document.isDirty) return true;
      try {
        return await document.save();
      } catch (error) {
        refusal = error;
        return false;
      }
    },
    { instead: () => String(refusal) },
  );
}

/** The same text edits without the request to confirm them, for which VS Code would wait for a person. */
function ticked(edit: vscode.WorkspaceEdit): vscode.WorkspaceEdit {
  const plainEdit = new vscode.WorkspaceEdit();
  for (const [uri, edits] of edit.entries()) plainEdit.set(uri, edits);
  return plainEdit;
}

/** The range of the first occurrence of some text. */
export function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const start = document.getText().indexOf(text);
  if (start === -1) throw new Error(`${document.uri.path} does not hold "${text}"`);
  return new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
}

/** Undo once in a file; gives back its text after that. The command is about the editor that has the focus, and the text follows a moment later. */
export async function undo(...parts: readonly string[]): Promise<string> {
  const document = await open(...parts);
  const before = document.getText();
  await eventually(`${document.uri.path} to be in front`, () => vscode.window.activeTextEditor?.document === document);
  await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
  await vscode.commands.executeCommand("undo");
  await eventually(`an undo in ${document.uri.path}`, () => document.getText() !== before);
  return document.getText();
}

/** Put a file back to the given text, on disk and in the editor, so that the next test starts from the same state. */
export async function restore(text: string, ...parts: readonly string[]): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(inWorkspace(...parts)));
  const edit = new vscode.WorkspaceEdit();
  const all = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
  edit.replace(document.uri, all, text);
  await vscode.workspace.applyEdit(edit);
  await save(document.uri);
}
