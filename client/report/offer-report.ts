import { type Disposable, type Memento, TabInputText, type TextDocument, type Uri, window, workspace } from "vscode";
import { LOG_LANGUAGE } from "../language/language-ids.ts";
import { plainText } from "../text/plain-text.ts";
import { isTooLong } from "./large-log.ts";
import { isLogName } from "./log-stem.ts";
import type { Reports } from "./show-report.ts";

const KEY = "postmaster.reportOffered";
const MOST_REMEMBERED = 500;

/** VS Code gives extensions no document beyond so many bytes. */
const LARGEST_DOCUMENT = 50 * 1024 * 1024;

/** Offers the report of a log that is too large for the editor, once a file. */
export function offerReports(reports: Reports, memory: Memento): Disposable[] {
  const examined = new Set<string>();

  async function offer(uri: Uri, words: string): Promise<void> {
    const key = uri.toString();
    const offered = memory.get<readonly string[]>(KEY, []);
    if (offered.includes(key)) return;
    await memory.update(KEY, [...offered, key].slice(-MOST_REMEMBERED));
    const answer = await window.showInformationMessage(plainText(words), SHOW);
    if (answer === SHOW) await reports.show(uri);
  }

  const ofDocument = (document: TextDocument): void => {
    if (document.languageId !== LOG_LANGUAGE || document.uri.scheme !== "file" || !isTooLong(document)) return;
    void offer(
      document.uri,
      "This log is so long that VS Code turns some features off for it. Its report shows what it tells in all.",
    );
  };

  /** A tab of a log that VS Code has shown but not given to us. */
  async function ofTab(input: unknown): Promise<void> {
    if (!(input instanceof TabInputText) || input.uri.scheme !== "file") return;
    const { uri } = input;
    const key = uri.toString();
    if (examined.has(key) || !isLogName(uri.path.slice(uri.path.lastIndexOf("/") + 1))) return;
    examined.add(key);
    const size = await workspace.fs.stat(uri).then(
      (status) => status.size,
      () => 0,
    );
    if (size <= LARGEST_DOCUMENT) return;
    await offer(
      uri,
      "This log is larger than the 50 MB up to which VS Code lets extensions see a file: nothing in it is explained here. Its report is read from disk.",
    );
  }

  for (const { tabs } of window.tabGroups.all) for (const { input } of tabs) void ofTab(input);
  workspace.textDocuments.forEach(ofDocument);
  return [
    workspace.onDidOpenTextDocument(ofDocument),
    window.tabGroups.onDidChangeTabs(({ opened }) => {
      for (const { input } of opened) void ofTab(input);
    }),
  ];
}

const SHOW = "Show Report";
