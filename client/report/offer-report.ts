import { type Disposable, type Memento, TabInputText, type TextDocument, type Uri, window, workspace } from "vscode";
import { fileName } from "../editor/file-name.ts";
import { LOG_LANGUAGE } from "../language/language-ids.ts";
import { plainText } from "../text/plain-text.ts";
import { isTooLong, LARGEST_DOCUMENT } from "./large-log.ts";
import { isLogName } from "./log-stem.ts";
import type { Reports } from "./show-report.ts";

const KEY = "postmaster.reportOffered";
const MOST_REMEMBERED = 500;

/** Beyond it VS Code switches features off, and on a remote machine it asks before it opens a file. Bytes. */
const LARGEST_WITH_FEATURES = 20 * 1024 * 1024;

const LONG =
  "is so long that VS Code asks before it shows it, or shows it without some features. Its report is read from disk and shows what it tells in all.";
const TOO_LARGE =
  "is larger than the 50 MB up to which VS Code lets extensions see a file: nothing in it is explained here. Its report is read from disk.";

/** Offers the report of a log that is too large for the editor, once a file. */
export function offerReports(reports: Reports, memory: Memento): Disposable[] {
  const examined = new Set<string>();

  async function offer(uri: Uri, words: string): Promise<void> {
    const key = uri.toString();
    const offered = memory.get<readonly string[]>(KEY, []);
    if (offered.includes(key)) return;
    await memory.update(KEY, [...offered, key].slice(-MOST_REMEMBERED));
    const answer = await window.showInformationMessage(plainText(`${fileName(uri)} ${words}`), SHOW);
    if (answer === SHOW) await reports.show(uri);
  }

  const ofDocument = (document: TextDocument): void => {
    if (document.languageId !== LOG_LANGUAGE || document.uri.scheme !== "file" || !isTooLong(document)) return;
    void offer(document.uri, LONG);
  };

  /** A log may have a tab and yet be no document: VS Code has not opened it yet, or does not give it to us. */
  async function ofTab(input: unknown): Promise<void> {
    if (!(input instanceof TabInputText) || input.uri.scheme !== "file") return;
    const { uri } = input;
    const key = uri.toString();
    if (examined.has(key) || !isLogName(fileName(uri))) return;
    examined.add(key);
    const size = await workspace.fs.stat(uri).then(
      (status) => status.size,
      () => 0,
    );
    if (size > LARGEST_WITH_FEATURES) await offer(uri, size > LARGEST_DOCUMENT ? TOO_LARGE : LONG);
  }

  for (const { tabs } of window.tabGroups.all) for (const { input } of tabs) void ofTab(input);
  workspace.textDocuments.forEach(ofDocument);
  return [
    workspace.onDidOpenTextDocument(ofDocument),
    // A preview that shows another file is a tab that has changed.
    window.tabGroups.onDidChangeTabs(({ opened, changed }) => {
      for (const { input } of [...opened, ...changed]) void ofTab(input);
    }),
  ];
}

const SHOW = "Show Report";
