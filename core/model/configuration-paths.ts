import { joinPath, normalPath, pathBelow } from "./paths.ts";

/** Where Postfix keeps its configuration on the systems we know. */
export const STANDARD_DIRECTORIES: readonly string[] = ["/etc/postfix", "/usr/local/etc/postfix"];

const SYSTEM_ROOTS = ["/etc", "/usr/local/etc", "/usr/pkg/etc", "/opt"];

/** A configuration outside the system's own folders is taken for a copy that someone opened: paths in it name another machine's files. */
export function isCopiedConfiguration(directory: string): boolean {
  const normal = normalPath(directory);
  return normal === null || !SYSTEM_ROOTS.some((root) => pathBelow(root, normal) !== null);
}

/**
 * Where a file that the configuration names is found here. In a copy, paths of the standard folders and of the configuration's
 * own folder, and these folders themselves, resolve inside the copy; everything else is outside it and null.
 */
export function resolveConfigurationPath(directory: string, isCopy: boolean, named: string): string | null {
  const path = normalPath(named);
  if (path === null) return null;
  if (!isCopy) return path;
  const own = normalPath(directory);
  if (own !== null && (path === own || pathBelow(own, path) !== null)) return path;
  for (const standard of STANDARD_DIRECTORIES) {
    if (path === standard) return directory;
    const name = pathBelow(standard, path);
    if (name !== null) return joinPath(directory, name);
  }
  return null;
}
