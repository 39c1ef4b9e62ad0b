import { FileType, Uri, workspace } from "vscode";
import { logStem } from "./log-stem.ts";

/** A log and what was rotated away from it: the files beside it that are named after the same log. Only the log itself where the folder cannot be listed. */
export async function rotatedLogs(log: Uri): Promise<readonly Uri[]> {
  const folder = Uri.joinPath(log, "..");
  const stem = logStem(nameOf(log));
  try {
    const entries = await workspace.fs.readDirectory(folder);
    const names = entries
      .filter(([name, type]) => (type & FileType.File) !== 0 && logStem(name) === stem)
      .map(([name]) => name)
      .sort();
    return names.length === 0 ? [log] : names.map((name) => Uri.joinPath(folder, name));
  } catch {
    return [log];
  }
}

function nameOf(uri: Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}
