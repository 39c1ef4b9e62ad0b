import { buildBundles } from "./lib/bundles.ts";
import { extensionPackage } from "./lib/package-extension.ts";
import { duration, main, say } from "./lib/say.ts";

// `npm run build`: bundles the extension, the server and the command line into dist/.
// `-- --package` also writes postmaster-<version>.vsix; `-- --maps` writes source maps for a debugger.
await main(async () => {
  const started = performance.now();
  if (process.argv.includes("--package")) {
    const { vsix, bytes } = await extensionPackage();
    say(`${vsix}  ${kilobytes(bytes)}`);
  } else {
    const bundles = await buildBundles({ sourceMaps: process.argv.includes("--maps") });
    for (const { file, bytes } of bundles) say(`${file}  ${kilobytes(bytes)}`);
  }
  say(`built in ${duration(performance.now() - started)}`);
  return 0;
});

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KB`;
}
