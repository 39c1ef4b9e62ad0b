import { readFile, writeFile } from "node:fs/promises";
import { completeLock } from "./lib/complete-lock.ts";
import { inRoot } from "./lib/paths.ts";
import { main, say } from "./lib/say.ts";

// `npm run complete-lock`, after a change to the dependencies: see lib/complete-lock.ts.
await main(async () => {
  const path = inRoot("package-lock.json");
  const { text, added } = completeLock(await readFile(path, "utf8"));
  if (added.length > 0) await writeFile(path, text);
  say(added.length === 0 ? "package-lock.json is complete" : `added to package-lock.json: ${added.join(", ")}`);
  return 0;
});
