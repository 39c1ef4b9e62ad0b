import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { allGeneratedFiles } from "./lib/all-generated-files.ts";
import { inRoot } from "./lib/paths.ts";
import { main, say } from "./lib/say.ts";

// `npm run generate` writes what is made from other files; with `-- --check` it only says which of them are stale.
await main(async () => {
  const check = process.argv.includes("--check");
  const files = await allGeneratedFiles();
  let stale = 0;
  for (const { path, text } of files) {
    const present = await readFile(inRoot(path), "utf8").catch(() => null);
    if (present === text) continue;
    stale += 1;
    if (check) {
      say(`${path} is ${present === null ? "missing" : "stale"}`);
      continue;
    }
    await mkdir(dirname(inRoot(path)), { recursive: true });
    await writeFile(inRoot(path), text);
    say(`wrote ${path}`);
  }
  if (stale === 0) say(`${files.length} generated files are fresh`);
  else if (check) say("run `npm run generate` and commit the result");
  return check && stale > 0 ? 1 : 0;
});
