import { type FilePort, isSourceFile, type SourceFile } from "../io/file-port.ts";
import { parsePythonSettings } from "../syntax/python-settings/parse-python-settings.ts";
import { joinPath } from "./paths.ts";
import { findFolderBelow } from "./search-files.ts";

export interface SettingsQuery {
  /** The setting that names the file; null or empty if not set. Nothing replaces it if it is wrong. */
  readonly setting: string | null;
  readonly workspaceFolders: readonly string[];
  /** The log is this machine's own (`FoundServer.how` is `system`, or the configuration is not a copy). */
  readonly onThisMachine: boolean;
}

const SYSTEM_FILE = "/opt/iredapd/settings.py";

/** iRedAPD's settings.py that goes with a log: the setting's, one of the workspace, else this machine's own. */
export async function findIredapdSettings(port: FilePort, query: SettingsQuery): Promise<SourceFile | null> {
  if (query.setting !== null && query.setting !== "") return settingsAt(port, query.setting);
  let found: SourceFile | null = null;
  await findFolderBelow(port, query.workspaceFolders, async (names, folder) => {
    if (!names.has("settings.py")) return false;
    const file = await settingsAt(port, joinPath(folder, "settings.py"));
    // Any Python project has a settings.py: only iRedAPD's imports these defaults.
    if (file === null || parsePythonSettings(file.text).defaultsImport === null) return false;
    found = file;
    return true;
  });
  if (found !== null) return found;
  return query.onThisMachine ? settingsAt(port, SYSTEM_FILE) : null;
}

async function settingsAt(port: FilePort, path: string): Promise<SourceFile | null> {
  const file = await port.read(path);
  return isSourceFile(file) ? file : null;
}
