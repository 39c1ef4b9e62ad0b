import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Plugin } from "esbuild";
import { inRoot } from "./paths.ts";

/** Below this, in bytes, data is kept inside the bundle. */
const WORTH_A_FILE = 16_384;
const CATALOGUE = "catalogue.json";
const TEMPLATES = "templates.bin";
const TEMPLATE_LIST = "template-list.bin";

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
      // writeEntries wrote all entries, and where each of them stands.
      const part = basename(path) === CATALOGUE ? ".entries" : "";
      if (part === "") await writeData(basename(path), compact);
      const contents = `${READ}\nexport default JSON.parse(read("${basename(path)}").toString())${part};`;
      return { contents, loader: "js" };
    });
    for (const { module, contents } of READY_MODULES) {
      const filter = new RegExp(`[/\\\\]${module.replaceAll("/", "[/\\\\]").replaceAll(".", "\\.")}$`);
      // One build bundles several programs: what they share is made once.
      let made: Promise<string> | null = null;
      builder.onLoad({ filter }, async ({ path }) => {
        made ??= contents();
        return { contents: `${READ}\n${await made}`, loader: "js", resolveDir: dirname(path) };
      });
    }
  },
};

// The bundles are CommonJS: their folder is known without taking addresses apart.
const READ = `import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
const fileOf = (name) => __dirname + "/data/" + name;
const read = (name) => readFileSync(fileOf(name));
const readInto = (name, room) => {
  const fd = openSync(fileOf(name));
  try {
    const bytes = room(fstatSync(fd).size);
    for (let at = 0; at < bytes.length; ) {
      const count = readSync(fd, bytes, at, bytes.length - at, at);
      if (count === 0) throw new Error(name + " ends too soon");
      at += count;
    }
    return bytes;
  } finally {
    closeSync(fd);
  }
};`;

/** Modules that work something out of much data, and what a build puts in their place: the result. */
const READY_MODULES: readonly { readonly module: string; readonly contents: () => Promise<string> }[] = [
  {
    // Reading all entries takes longer than reading a log.
    module: "core/catalogue/catalogue.ts",
    async contents() {
      const { entries } = await import("@postmaster/core/catalogue/entries.ts");
      const { writeEntries } = await import("@postmaster/core/catalogue/entry-lines.ts");
      await writeData(CATALOGUE, writeEntries(entries));
      return `import { readEntries } from "./entry-lines.ts";\nexport const entryById = readEntries(() => read("${CATALOGUE}"));`;
    },
  },
  {
    // So does compiling the templates.
    module: "core/features/catalogue-tables.ts",
    async contents() {
      const { allTemplates } = await import("@postmaster/core/features/all-templates.ts");
      const { matcherTables } = await import("@postmaster/core/log/matching/matcher-tables.ts");
      const { writeTables } = await import("@postmaster/core/log/matching/table-file.ts");
      const { listTemplates, writeTemplateList } = await import("@postmaster/core/log/template-list.ts");
      const { templates, explained } = allTemplates();
      await writeData(TEMPLATES, writeTables(matcherTables(templates, new Set(explained.keys()))));
      await writeData(TEMPLATE_LIST, writeTemplateList(listTemplates(templates, explained)));
      return `import { readTables } from "../log/matching/table-file.ts";
import { readTemplateList } from "../log/template-list.ts";
export const catalogueTables = (room) => readTables(readInto("${TEMPLATES}", room));
export const catalogueTemplates = () => readTemplateList(read("${TEMPLATE_LIST}"));`;
    },
  },
  {
    module: "core/log/machine/machine-code.ts",
    async contents() {
      const { machineCode } = await import("@postmaster/core/log/machine/machine-code.ts");
      await writeData("line-machine.wasm", machineCode());
      return `export const machineCode = () => read("line-machine.wasm");`;
    },
  },
  {
    module: "core/reference/parameter-facts.ts",
    async contents() {
      const { parameterFacts } = await import("@postmaster/core/reference/parameter-facts.ts");
      await writeData("parameters.json", JSON.stringify(parameterFacts()));
      return `let facts = null;\nexport const parameterFacts = () => (facts ??= JSON.parse(read("parameters.json").toString()));`;
    },
  },
  {
    module: "core/catalogue/whole-entries.ts",
    contents: () => {
      throw new Error("what lines an entry is recognised by is shipped as compiled templates");
    },
  },
  {
    module: "core/report/redact/vocabulary-words.ts",
    async contents() {
      const { vocabularyWords } = await import("@postmaster/core/report/redact/vocabulary-words.ts");
      await writeData("words.json", JSON.stringify(vocabularyWords()));
      return `export const vocabularyWords = () => JSON.parse(read("words.json").toString());`;
    },
  },
  {
    module: "core/features/cause/possible-causes.ts",
    async contents() {
      const { possibleCauses } = await import("@postmaster/core/features/cause/possible-causes.ts");
      return `export const possibleCauses = () => (${JSON.stringify(possibleCauses())});`;
    },
  },
  {
    module: "core/log/least-levels.ts",
    async contents() {
      const { leastLevels } = await import("@postmaster/core/log/least-levels.ts");
      await writeData("levels.json", JSON.stringify(leastLevels()));
      return `export const leastLevels = () => JSON.parse(read("levels.json").toString());`;
    },
  },
];

async function writeData(name: string, data: string | Uint8Array): Promise<void> {
  await mkdir(inRoot("dist", "data"), { recursive: true });
  await writeFile(join(inRoot("dist", "data"), name), data);
}
