import { randomBytes } from "node:crypto";
import { chmod, chown, lstat, open, readFile, realpath, rename, rm } from "node:fs/promises";
import path from "node:path";
import { systemWords } from "../../input/open-input.ts";

/** New bytes for a file that must still hold the old ones. */
export interface Replacement {
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

interface Prepared {
  readonly target: string;
  readonly temporary: string;
}

/**
 * Replaces the contents of files: all of them, or none if one cannot be. Each is written beside its target and renamed over it, so that a
 * reader sees the old file or the new one. Mode is kept, owner and group where the system allows; a link stays a link.
 * @returns why nothing was replaced, for people; null if all is done
 */
export async function replaceFiles(replacements: readonly Replacement[]): Promise<string | null> {
  const prepared: Prepared[] = [];
  try {
    for (const replacement of replacements) {
      const made = await prepare(replacement);
      if (typeof made === "string") return made;
      prepared.push(made);
    }
    for (const { path: file, before } of replacements) {
      if (!(await readFile(file)).equals(before)) return `${file} has changed since it was read`;
    }
    for (const { temporary, target } of prepared) await rename(temporary, target);
    return null;
  } catch (error) {
    return systemWords(error);
  } finally {
    // After a rename there is nothing left to remove.
    for (const { temporary } of prepared) await rm(temporary, { force: true });
  }
}

async function prepare({ path: file, after }: Replacement): Promise<Prepared | string> {
  const target = await realpath(file);
  const status = await lstat(target);
  if (!status.isFile()) return `${file} is no regular file`;
  if (status.nlink > 1) return `${file} has a second name (a hard link), which would keep the old contents`;
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${randomBytes(6).toString("hex")}`);
  try {
    const handle = await open(temporary, "wx", 0o600);
    try {
      await handle.writeFile(after);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // The owner first: changing it takes privileges off the mode.
    await chown(temporary, status.uid, status.gid).catch(() => undefined);
    await chmod(temporary, status.mode & 0o7777);
    return { target, temporary };
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
