import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Top of the checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A path inside the checkout. */
export function inRoot(...parts: readonly string[]): string {
  return join(root, ...parts);
}

/** Where large things that outlive a checkout are kept, such as a downloaded VS Code. Nothing in it is needed to be kept. */
export function cacheDirectory(): string {
  const set = process.env["POSTMASTER_CACHE"] ?? "";
  if (set !== "") return resolve(set);
  const base = process.env["XDG_CACHE_HOME"] ?? "";
  return join(base === "" ? join(homedir(), ".cache") : base, "postmaster");
}
