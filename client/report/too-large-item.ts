import { type Disposable, StatusBarAlignment, TabInputText, type Uri, window, workspace } from "vscode";
import { fileName } from "../editor/file-name.ts";
import { LARGEST_DOCUMENT } from "./large-log.ts";
import { isLogName } from "./log-stem.ts";

/** Says in the status bar, as long as such a log is in front, why nothing in it is explained: a notification goes away, and there is no language status without a document. */
export function createTooLargeItem(): Disposable[] {
  const item = window.createStatusBarItem("postmaster.tooLarge", StatusBarAlignment.Right, 100);
  item.name = "Postmaster: log too large";
  item.text = "$(warning) Log too large to explain";
  item.tooltip = "VS Code lets extensions see files up to 50 MB. Click for the report, which is read from disk.";
  item.command = "postmaster.showReport";
  let asked = 0;

  const look = async (): Promise<void> => {
    asked += 1;
    const mine = asked;
    const input = window.tabGroups.activeTabGroup.activeTab?.input;
    const isTooLarge = input instanceof TabInputText && (await isLogTooLarge(input.uri));
    if (mine !== asked) return;
    if (isTooLarge) item.show();
    else item.hide();
  };

  void look();
  return [
    item,
    window.tabGroups.onDidChangeTabs(() => void look()),
    window.tabGroups.onDidChangeTabGroups(() => void look()),
  ];
}

async function isLogTooLarge(uri: Uri): Promise<boolean> {
  if (uri.scheme !== "file" || !isLogName(fileName(uri))) return false;
  const size = await workspace.fs.stat(uri).then(
    (status) => status.size,
    () => 0,
  );
  return size > LARGEST_DOCUMENT;
}
