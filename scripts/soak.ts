import { globSync, readFileSync } from "node:fs";
import { inRoot } from "./lib/paths.ts";
import { duration, main, say } from "./lib/say.ts";
import { nodeTest } from "./stages/node-test.ts";

// `npm run soak`: what `npm test` tries a tenth of, in full. One file after the other, since some of them measure time and memory.

await main(async () => {
  const files = globSync("test/**/*.test.ts", { cwd: inRoot() }).filter((file) =>
    /from "[./a-z]*\/rounds\.ts"/.test(readFileSync(inRoot(file), "utf8")),
  );
  const started = performance.now();
  const outcome = await nodeTest(files, { oneByOne: true, env: { POSTMASTER_SOAK: "full" } });
  say(`${files.length} files in ${duration(performance.now() - started)}: ${outcome.kind}`);
  return outcome.kind === "passed" ? 0 : 1;
});
