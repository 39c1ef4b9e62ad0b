import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { buildBundles } from "./bundles.ts";
import { readJsonRecord } from "./json.ts";
import { inRoot } from "./paths.ts";
import { Failure } from "./say.ts";
import { runTool } from "./tool.ts";
import { readZip } from "./zip.ts";

/** The extension as a user gets it. */
export interface ExtensionPackage {
  /** Absolute path of the .vsix. */
  readonly vsix: string;
  /** Absolute path of a folder with the same files, to load without installing. */
  readonly folder: string;
  /** Names inside the .vsix. */
  readonly files: readonly string[];
  /** Size of the .vsix. */
  readonly bytes: number;
}

let packaged: Promise<ExtensionPackage> | null = null;

/** Bundle and package the extension, once a process however often it is asked for. */
export function extensionPackage(): Promise<ExtensionPackage> {
  packaged ??= packageExtension();
  return packaged;
}

async function packageExtension(): Promise<ExtensionPackage> {
  await buildBundles({ sourceMaps: false });
  await mkdir(inRoot("out"), { recursive: true });
  const vsix = inRoot(`postmaster-${String(readJsonRecord(inRoot("package.json"))["version"])}.vsix`);
  const readme = inRoot("dist", "readme.md");
  await writeFile(readme, withoutPictures(await readFile(inRoot("README.md"), "utf8")));
  const { code, output } = await runTool(
    "@vscode/vsce",
    [
      "package",
      "--no-dependencies",
      "--no-rewrite-relative-links",
      "--allow-missing-repository",
      "--readme-path",
      "dist/readme.md",
      "--out",
      vsix,
    ],
    { quiet: true },
  );
  if (code !== 0) throw new Failure(`packaging the extension failed:\n${output}`);
  const entries = await readZip(vsix);
  const folder = inRoot("out", "extension");
  await rm(folder, { recursive: true, force: true });
  for (const entry of entries) {
    if (!entry.name.startsWith("extension/")) continue;
    const file = join(inRoot("out"), entry.name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, entry.read());
  }
  return { vsix, folder, files: entries.map((entry) => entry.name), bytes: (await stat(vsix)).size };
}

/** The pictures are not packaged, and the project has no address that they could be fetched from. */
function withoutPictures(readme: string): string {
  return readme
    .split("\n")
    .filter((line) => !line.startsWith("![") && !line.startsWith("<img") && !line.startsWith("<picture"))
    .join("\n");
}
