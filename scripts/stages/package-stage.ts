import { extensionPackage } from "../lib/package-extension.ts";
import { failed, passed, type Stage } from "./stage.ts";

/** The .vsix may not outgrow this, in bytes. A good part of it are the compiled templates, which spare every start their compilation. */
const SIZE_LIMIT = 3_000_000;

/** All that may be in a .vsix. Names as vsce writes them. */
const ALLOWED = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(?:package\.json|readme\.md|changelog\.md|LICENSE\.txt|THIRD-PARTY-NOTICES\.md|icon\.png)$/,
  /^extension\/dist\/(?:client|server|pattern-worker)\.cjs$/,
  /^extension\/dist\/data\/(?:[\w-]+\.json|line-machine\.wasm|(?:templates|template-list)\.bin)$/,
  /^extension\/dist\/view\.(?:js|css)$/,
  /^extension\/syntaxes\/[\w.-]+\.json$/,
  /^extension\/client\/languages\/[\w.-]+\.json$/,
];

const REQUIRED = [
  "extension/package.json",
  "extension/THIRD-PARTY-NOTICES.md",
  "extension/dist/client.cjs",
  "extension/dist/server.cjs",
  "extension/dist/data/line-machine.wasm",
  "extension/dist/data/templates.bin",
  "extension/dist/data/template-list.bin",
  "extension/dist/view.js",
  "extension/dist/view.css",
  "extension/readme.md",
];

export const packageStage: Stage = {
  name: "package",
  title: "build and package the extension",
  needs: [],
  async run() {
    const { files, bytes } = await extensionPackage();
    for (const file of files) process.stdout.write(`  ${file}\n`);
    const strange = files.filter((file) => !ALLOWED.some((pattern) => pattern.test(file)));
    if (strange.length > 0) return failed(`does not belong in the package: ${strange.join(", ")}`);
    const missing = REQUIRED.filter((file) => !files.includes(file));
    if (missing.length > 0) return failed(`missing from the package: ${missing.join(", ")}`);
    const size = `${files.length} files, ${Math.ceil(bytes / 1024)} KB`;
    return bytes > SIZE_LIMIT ? failed(`the package is too large: ${size}`) : passed(1, size);
  },
};
