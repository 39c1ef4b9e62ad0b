import { rename, utimes, writeFile } from "node:fs/promises";

/**
 * Write a file as if it had been there for a while: Postfix waits until a file it reads is more than a second old (dict_load_file), which
 * over all cases would be minutes. Whoever reads it meanwhile finds it whole.
 */
export async function writeCold(file: string, text: string): Promise<void> {
  const fresh = `${file}.fresh`;
  await writeFile(fresh, text);
  const then = Date.now() / 1000 - 10;
  await utimes(fresh, then, then);
  await rename(fresh, file);
}
