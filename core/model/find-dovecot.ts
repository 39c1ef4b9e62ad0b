import { type FilePort, isSourceFile } from "../io/file-port.ts";
import { type DovecotConf, parseDovecotConf } from "../syntax/dovecot-conf/parse-dovecot-conf.ts";
import type { SettingsQuery } from "./find-iredapd.ts";
import type { Parsed } from "./mail-server.ts";
import { baseName, joinPath, parentOf } from "./paths.ts";
import { findFolderBelow } from "./search-files.ts";

/** dovecot.conf and what it includes, in reading order: later settings win. */
export interface DovecotConfiguration {
  readonly directory: string;
  readonly files: readonly Parsed<DovecotConf>[];
}

const SYSTEM_DIRECTORIES = ["/etc/dovecot", "/usr/local/etc/dovecot"];
const MOST_FILES = 200;

/** Dovecot's configuration that goes with a log: the setting's (a file or its folder), one of the workspace, else this machine's own. */
export async function findDovecot(port: FilePort, query: SettingsQuery): Promise<DovecotConfiguration | null> {
  if (query.setting !== null && query.setting !== "") {
    const isFile = query.setting.endsWith(".conf");
    return isFile ? read(port, query.setting) : read(port, joinPath(query.setting, "dovecot.conf"));
  }
  const below = await findFolderBelow(port, query.workspaceFolders, (names) => names.has("dovecot.conf"));
  if (below !== null) return read(port, joinPath(below, "dovecot.conf"));
  if (!query.onThisMachine) return null;
  for (const directory of SYSTEM_DIRECTORIES) {
    const found = await read(port, joinPath(directory, "dovecot.conf"));
    if (found !== null) return found;
  }
  return null;
}

async function read(port: FilePort, path: string): Promise<DovecotConfiguration | null> {
  const files: Parsed<DovecotConf>[] = [];
  await readInto(port, path, files, new Set());
  return files.length === 0 ? null : { directory: parentOf(path), files };
}

async function readInto(port: FilePort, path: string, into: Parsed<DovecotConf>[], seen: Set<string>): Promise<void> {
  if (seen.has(path) || seen.size >= MOST_FILES) return;
  seen.add(path);
  const file = await port.read(path);
  if (!isSourceFile(file)) return;
  const tree = parseDovecotConf(file.text);
  into.push({ file, tree });
  for (const include of tree.includes) {
    for (const included of await filesOf(port, parentOf(path), include.path))
      await readInto(port, included, into, seen);
  }
}

/** Files an include names: `*` in its last part only, as `conf.d/*.conf`. A path outside the folder belongs to another copy or to nobody. */
async function filesOf(port: FilePort, directory: string, path: string): Promise<readonly string[]> {
  const inside = SYSTEM_DIRECTORIES.map((root) => (path.startsWith(`${root}/`) ? path.slice(root.length + 1) : null));
  const relative = path.startsWith("/") ? (inside.find((name) => name !== null) ?? null) : path;
  if (relative === null || relative.split("/").includes("..")) return [];
  const full = joinPath(directory, relative);
  const star = baseName(full).indexOf("*");
  if (star === -1) return [full];
  const before = baseName(full).slice(0, star);
  const after = baseName(full).slice(star + 1);
  const names = (await port.list(parentOf(full))) ?? [];
  const matching = names.filter(
    (name) => name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after),
  );
  return matching.sort().map((name) => joinPath(parentOf(full), name));
}
