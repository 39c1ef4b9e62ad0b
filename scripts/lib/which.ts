import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The first of some commands that is on the PATH, as an absolute path, or null. */
export function which(...commands: readonly string[]): string | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  // Services such as postfix live where an ordinary user's PATH does not reach.
  if (process.platform !== "win32") folders.push("/usr/sbin", "/sbin", "/usr/local/sbin");
  const endings = process.platform === "win32" ? [".exe", ".cmd", ".bat"] : [""];
  for (const command of commands) {
    for (const folder of folders) {
      for (const ending of endings) {
        const path = join(folder, command + ending);
        if (isProgram(path)) return path;
      }
    }
  }
  return null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
