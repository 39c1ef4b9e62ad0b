import { mkdir, symlink, unlink } from "node:fs/promises";
import path from "node:path";

/** Where an administrator puts what is no package's: Postfix's configuration in there is no copy. */
const SYSTEM = "/opt";

/** Lets a folder be found below a folder of the system's as well, under its scratch folder's name. */
export async function linkBelowSystem(directory: string): Promise<AsyncDisposable & { readonly directory: string }> {
  await mkdir(SYSTEM, { recursive: true });
  const link = path.join(SYSTEM, path.basename(path.dirname(directory)));
  await symlink(directory, link);
  return { directory: link, [Symbol.asyncDispose]: () => unlink(link) };
}
