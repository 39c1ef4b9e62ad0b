import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** A folder of its own for one test, gone afterwards. */
export interface Scratch extends AsyncDisposable {
  readonly folder: string;
  path(name: string): string;
  uri(name: string): string;
  read(name: string): Promise<string>;
  write(name: string, content: string | Uint8Array): Promise<void>;
}

/** @param files content by relative path */
export async function scratchFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<Scratch> {
  const folder = await mkdtemp(path.join(tmpdir(), "postmaster-"));
  const scratch: Scratch = {
    folder,
    path: (name) => path.join(folder, name),
    uri: (name) => pathToFileURL(path.join(folder, name)).href,
    read: (name) => readFile(path.join(folder, name), "utf8"),
    async write(name, content) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
  for (const [name, content] of Object.entries(files)) await scratch.write(name, content);
  return scratch;
}

/** A copy of the broken mail server in `samples/`. */
export async function copyOfSamples(): Promise<Scratch> {
  const scratch = await scratchFolder();
  await cp(path.join(import.meta.dirname, "../../samples"), scratch.folder, { recursive: true });
  return scratch;
}
