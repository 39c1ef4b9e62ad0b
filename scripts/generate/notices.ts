import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { GeneratedFile } from "../lib/generated-file.ts";
import { isRecord, readJsonRecord } from "../lib/json.ts";

const HEAD = `# Third-party notices

Postmaster's package holds code of these packages, each under its own licence. \`@stephen-riley/pcre2-wasm\` holds PCRE2
(https://www.pcre.org/), which is under the BSD licence.
`;

interface Bundled {
  /** Relative to the top of the checkout. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/**
 * The licences of everything that is bundled, as the packages carry them: what the lock file installs for those who only use us.
 * @throws for a package without a licence file: it may not be shipped
 */
export async function generateNotices(root: string): Promise<GeneratedFile> {
  const sections = await Promise.all(bundledPackages(root).map((bundled) => section(root, bundled)));
  return { path: "THIRD-PARTY-NOTICES.md", text: [HEAD, ...sections].join("\n") };
}

function bundledPackages(root: string): readonly Bundled[] {
  const packages = readJsonRecord(path.join(root, "package-lock.json"))["packages"];
  if (!isRecord(packages)) throw new Error("package-lock.json holds no packages");
  const found = new Map<string, Bundled>();
  for (const [folder, entry] of Object.entries(packages)) {
    if (!folder.includes("node_modules/") || !isRecord(entry) || entry["dev"] === true || entry["link"] === true)
      continue;
    const name = folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);
    const [version, license] = [String(entry["version"]), String(entry["license"])];
    found.set(`${name} ${version}`, { folder, name, version, license });
  }
  return [...found.values()].sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
}

async function section(root: string, { folder, name, version, license }: Bundled): Promise<string> {
  const names = await readdir(path.join(root, folder));
  const file = names.find((one) => /^licen[cs]e/i.test(one));
  if (file === undefined) throw new Error(`${name} ${version} carries no licence`);
  const text = await readFile(path.join(root, folder, file), "utf8");
  const lines = text.replaceAll("\r\n", "\n").trim().split("\n");
  return `## ${name} ${version} (${license})\n\n${lines.map((line) => `    ${line}`.trimEnd()).join("\n")}\n`;
}
