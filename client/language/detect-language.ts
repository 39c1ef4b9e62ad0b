import { type Disposable, languages, type TextDocument, workspace } from "vscode";
import { hasText, LOG_LANGUAGE } from "./language-ids.ts";
import { LINES_LOOKED_AT, looksLikeMailLog } from "./looks-like-mail-log.ts";
import type { ManualChoices } from "./manual-choices.ts";

/** Languages that a file gets from its ending alone or for want of anything better. */
const UNDECIDED: ReadonlySet<string> = new Set(["log", "plaintext"]);

/**
 * Makes a Postfix log of documents that are one but have no name that says so. Each document is looked at once, when it first has text.
 * VS Code keeps a document's object while its language changes, so the object tells "opened again" from "language changed".
 */
export function detectLanguages(choices: ManualChoices): Disposable[] {
  const examined = new WeakSet<TextDocument>();
  const switched = new WeakSet<TextDocument>();

  const examine = async (document: TextDocument): Promise<void> => {
    if (switched.has(document)) return noteChoice(document);
    if (examined.has(document) || isEmpty(document) || !hasText(document)) return;
    examined.add(document);
    if (!UNDECIDED.has(document.languageId) || choices.has(document.uri.toString())) return;
    if (!isWanted(document) || !looksLikeMailLog(firstLines(document))) return;
    switched.add(document);
    await languages.setTextDocumentLanguage(document, LOG_LANGUAGE);
  };

  const noteChoice = async (document: TextDocument): Promise<void> => {
    if (document.isUntitled) return;
    const uri = document.uri.toString();
    if (document.languageId === LOG_LANGUAGE) await choices.remove(uri);
    else await choices.add(uri);
  };

  for (const document of workspace.textDocuments) void examine(document);
  return [
    workspace.onDidOpenTextDocument((document) => void examine(document)),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (!examined.has(document)) void examine(document);
    }),
  ];
}

function isEmpty(document: TextDocument): boolean {
  return document.lineCount === 1 && document.lineAt(0).text === "";
}

function firstLines(document: TextDocument): readonly string[] {
  return Array.from({ length: Math.min(document.lineCount, LINES_LOOKED_AT) }, (_, line) => document.lineAt(line).text);
}

/** The setting is on, and no `files.associations` of the user's gave the document the language it has. */
function isWanted(document: TextDocument): boolean {
  if (!workspace.getConfiguration("postmaster", document).get("detectLanguage", true)) return false;
  const associations = workspace
    .getConfiguration("files", document)
    .get<Readonly<Record<string, string>>>("associations", {});
  return !Object.entries(associations).some(
    ([pattern, language]) =>
      language === document.languageId && languages.match({ pattern: anywhere(pattern) }, document) > 0,
  );
}

/** An association without a slash is about the file's name, wherever it lies. */
function anywhere(pattern: string): string {
  return pattern.includes("/") ? pattern : `**/${pattern}`;
}
