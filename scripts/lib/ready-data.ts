import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Plugin } from "esbuild";
import { inRoot } from "./paths.ts";

/** Below this, in bytes, data is kept inside the bundle. */
const WORTH_A_FILE = 16_384;
const TEMPLATES = "templates.bin";

/**
 * Data that the bundles share lies in files beside them, in dist/data/, and is read when its module is first run: what a program does not use costs it
 * nothing, not even the reading of its own source.
 */
export const readyData: Plugin = {
  name: "ready-data",
  setup(builder) {
    builder.onLoad({ filter: /\.json$/ }, async ({ path }) => {
      const compact = JSON.stringify(JSON.parse(await readFile(path, "utf8")));
      if (compact.length < WORTH_A_FILE)
        return { contents: `export default JSON.parse(${JSON.stringify(compact)});`, loader: "js" };
      await writeData(basename(path), compact);
      return { contents: `${READ}\nexport default JSON.parse(read("${basename(path)}").toString());`, loader: "js" };
    });
    // Compiling the templates takes longer than reading a log.
    builder.onLoad({ filter: /[/\\]core[/\\]features[/\\]catalogue-tables\.ts$/ }, async ({ path }) => {
      written ??= writeTemplates();
      await written;
      const reader = 'import { readTables } from "../log/matching/table-file.ts";';
      const contents = `${READ}\n${reader}\nexport const catalogueTables = () => readTables(read("${TEMPLATES}"));`;
      return { contents, loader: "js", resolveDir: dirname(path) };
    });
  },
};

const READ = `import { readFileSync } from "node:fs";
const read = (name) => readFileSync(new URL("./data/" + name, import.meta.url));`;

let written: Promise<void> | null = null;

async function writeTemplates(): Promise<void> {
  const { catalogueTemplates } = await import("@postmaster/core/features/catalogue-engine.ts");
  const { matcherTables } = await import("@postmaster/core/log/matching/matcher-tables.ts");
  const { writeTables } = await import("@postmaster/core/log/matching/table-file.ts");
  const { templates, explained } = catalogueTemplates();
  await writeData(TEMPLATES, writeTables(matcherTables(templates, new Set(explained.keys()))));
}

async function writeData(name: string, data: string | Uint8Array): Promise<void> {
  await mkdir(inRoot("dist", "data"), { recursive: true });
  await writeFile(join(inRoot("dist", "data"), name), data);
}
