import { lately } from "../memory/remember.ts";

/** The part before the last separator; the root for a name in the root. Both `/` and `\` separate. */
export function parentOf(path: string): string {
  const at = lastSeparator(path);
  if (at < 0) return "";
  return at === 0 ? path.slice(0, 1) : path.slice(0, at);
}

export function baseName(path: string): string {
  return path.slice(lastSeparator(path) + 1);
}

/** A name below a folder, in the folder's own separators. */
export function joinPath(directory: string, name: string): string {
  const separator = directory.includes("\\") && !directory.includes("/") ? "\\" : "/";
  const relative = separator === "\\" ? name.replaceAll("/", "\\") : name;
  return directory.endsWith(separator) ? directory + relative : directory + separator + relative;
}

/** An absolute POSIX path without `.`, `..` and doubled slashes; null for a relative one. */
export const normalPath: (path: string) => string | null = lately((path) => {
  if (!path.startsWith("/")) return null;
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
});

/** What `path` is called seen from `directory`, or null if it does not lie below it. Both normal. */
export function pathBelow(directory: string, path: string): string | null {
  const prefix = directory.endsWith("/") ? directory : `${directory}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : null;
}

function lastSeparator(path: string): number {
  return Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
}
