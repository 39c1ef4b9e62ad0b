import { type FilePort, isSourceFile } from "../io/file-port.ts";
import { effectiveDefinition, parseMainCf } from "../syntax/main-cf/parse-main-cf.ts";
import { STANDARD_DIRECTORIES } from "./configuration-paths.ts";
import { joinPath, normalPath, pathBelow } from "./paths.ts";
import { findFolderBelow, foldersAbove } from "./search-files.ts";

/** What is known about a log and the machine we are on. Paths are absolute, as the file port knows them. */
export interface ServerQuery {
  /** Setting `postmaster.configDirectory`; null or empty if not set. It wins over everything, and nothing replaces it if it is wrong. */
  readonly configDirectory: string | null;
  /** Null for a document that is no file. */
  readonly logPath: string | null;
  /** The host the line names. */
  readonly logHost: string | null;
  readonly workspaceFolders: readonly string[];
}

export interface FoundServer {
  readonly directory: string;
  /** `system`: this machine's own Postfix, because the log is this machine's. */
  readonly how: "setting" | "near-log" | "workspace" | "system";
}

/** Where a configuration may lie beside or above a log: in the folder itself, or as in a copied file system. */
const NEAR = ["", "postfix", "etc/postfix", "usr/local/etc/postfix"];

/** The configuration directory a log belongs to, or null: then only lines to add may be shown. */
export async function findServer(port: FilePort, query: ServerQuery): Promise<FoundServer | null> {
  if (query.configDirectory !== null && query.configDirectory !== "") {
    return { directory: query.configDirectory, how: "setting" };
  }
  if (query.logPath !== null) {
    for (const folder of foldersAbove(query.logPath, query.workspaceFolders)) {
      for (const name of NEAR) {
        const directory = name === "" ? folder : joinPath(folder, name);
        if ((await port.list(directory))?.includes("main.cf") === true) return { directory, how: "near-log" };
      }
    }
  }
  const below = await findFolderBelow(port, query.workspaceFolders, (names) => names.has("main.cf"));
  if (below !== null) return { directory: below, how: "workspace" };
  return systemServer(port, query);
}

async function systemServer(port: FilePort, query: ServerQuery): Promise<FoundServer | null> {
  const logPath = query.logPath === null ? null : normalPath(query.logPath);
  const ownLog = logPath !== null && pathBelow("/var/log", logPath) !== null;
  for (const directory of STANDARD_DIRECTORIES) {
    const main = await port.read(joinPath(directory, "main.cf"));
    if (!isSourceFile(main)) continue;
    if (ownLog) return { directory, how: "system" };
    const hostname = effectiveDefinition(parseMainCf(main.text), "myhostname")?.value.toLowerCase();
    if (hostname !== undefined && hostname !== "" && hostname === query.logHost?.toLowerCase()) {
      return { directory, how: "system" };
    }
  }
  return null;
}
