import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { inRoot } from "./paths.ts";
import { readyData } from "./ready-data.ts";
import { Failure } from "./say.ts";

export interface Bundle {
  /** Relative to the top of the checkout. */
  readonly file: string;
  readonly bytes: number;
}

interface Entry {
  readonly source: string;
  readonly output: string;
  /** `page`: what runs in a webview or a browser. */
  readonly format: "cjs" | "esm" | "page";
}

/** What is built. The oldest VS Code we support runs extensions on Node 20; the command line runs on Node 20 too. */
const ENTRIES: readonly Entry[] = [
  { source: "client/main.ts", output: "dist/client.cjs", format: "cjs" },
  { source: "server/lsp/main.ts", output: "dist/server.cjs", format: "cjs" },
  { source: "server/host/pattern/worker.ts", output: "dist/pattern-worker.cjs", format: "cjs" },
  { source: "server/log-jobs/worker.ts", output: "dist/log-worker.cjs", format: "cjs" },
  { source: "server/cli/main.ts", output: "dist/postmaster.mjs", format: "esm" },
  { source: "client/views/page/page.ts", output: "dist/view.js", format: "page" },
  { source: "client/views/page/view.css", output: "dist/view.css", format: "page" },
];

/** `require` for the CommonJS packages inside an ES module bundle. */
const REQUIRE_IN_ESM =
  'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);';

/** `import.meta.url` for ES modules inside a CommonJS bundle: the bundle's own address. */
const URL_IN_CJS = 'const __bundleUrl = require("node:url").pathToFileURL(__filename).href;';

/**
 * Bundle everything into dist/.
 * @throws Failure if a source does not compile; esbuild has printed why.
 */
export async function buildBundles(options: { readonly sourceMaps: boolean }): Promise<readonly Bundle[]> {
  await mkdir(inRoot("dist"), { recursive: true });
  await removeOld();
  return Promise.all(ENTRIES.map((entry) => bundle(entry, options.sourceMaps)));
}

/** Bundle only what pages are made of. */
export async function buildPages(): Promise<void> {
  await mkdir(inRoot("dist"), { recursive: true });
  await Promise.all(ENTRIES.filter(({ format }) => format === "page").map((entry) => bundle(entry, false)));
}

/**
 * The command line comes in pieces, so that a verb reads only what it runs. They lie beside the first one, where the addresses of workers and data are counted
 * from; their names change with what is in them.
 */
function outputOptions(output: string, format: Entry["format"]): BuildOptions {
  if (format !== "esm") return { outfile: inRoot(output) };
  const [name, extension] = [basename(output, ".mjs"), { ".js": ".mjs" }];
  return {
    outdir: inRoot(dirname(output)),
    entryNames: name,
    chunkNames: `${name}-[hash]`,
    outExtension: extension,
    splitting: true,
  };
}

/** What an earlier build left and this one may not write: pieces of the command line, and data, all of which ships. */
async function removeOld(): Promise<void> {
  const pieces = (await readdir(inRoot("dist"))).filter((name) => /^postmaster-\w+\.mjs(?:\.map)?$/.test(name));
  await Promise.all(["data", ...pieces].map((name) => rm(inRoot("dist", name), { recursive: true, force: true })));
}

async function bundle({ source, output, format }: Entry, sourcemap: boolean): Promise<Bundle> {
  const own: BuildOptions = { entryPoints: [inRoot(source)], sourcemap, ...outputOptions(output, format) };
  // A page has no files to read, and the client starts without any.
  const data = source.startsWith("server/") ? readyData : jsonAsText;
  const plugins = format === "esm" ? [data, wasmInside, globalProcess] : [data, wasmInside];
  await build({ ...commonOptions, ...formatOptions(format), ...own, plugins }).catch(() => {
    throw new Failure(`${output} could not be built; esbuild says why above`);
  });
  return { file: output, bytes: (await stat(inRoot(output))).size };
}

/** Bundle a test suite that runs inside VS Code. */
export async function buildSuite(source: string, output: string): Promise<void> {
  await build({
    ...commonOptions,
    ...formatOptions("cjs"),
    minify: true,
    sourcemap: "inline",
    entryPoints: [source],
    outfile: output,
  });
}

/** JSON data as text: engines read that faster than an object literal of the same size. For what has no files beside it. */
const jsonAsText: Plugin = {
  name: "json-as-text",
  setup(builder) {
    builder.onLoad({ filter: /\.json$/ }, async ({ path }) => {
      const compact = JSON.stringify(JSON.parse(await readFile(path, "utf8")));
      return { contents: `export default JSON.parse(${JSON.stringify(compact)});`, loader: "js" };
    });
  },
};

/**
 * The process without its module: importing that in an ES module reads all its properties, which opens the standard input and both outputs before anybody
 * wants them.
 */
const globalProcess: Plugin = {
  name: "global-process",
  setup(builder) {
    builder.onResolve({ filter: /^node:process$/ }, () => ({ path: "process", namespace: "global-process" }));
    builder.onLoad({ filter: /.*/, namespace: "global-process" }, () => ({
      contents: "export default globalThis.process;",
      loader: "js",
    }));
  },
};

/** The regular expression engine's glue code looks for its .wasm file beside itself; in a bundle its bytes come with the code. */
const wasmInside: Plugin = {
  name: "wasm-inside",
  setup(builder) {
    builder.onLoad({ filter: /libpcre2\.js$/ }, async ({ path }) => {
      const wasm = await readFile(join(dirname(path), basename(path, ".js") + ".wasm"));
      const glue = await readFile(path, "utf8");
      const inside = `var Module = { wasmBinary: Buffer.from("${wasm.toString("base64")}", "base64") };\n`;
      return { contents: inside + glue, loader: "js" };
    });
  },
};

const commonOptions: BuildOptions = {
  bundle: true,
  platform: "node",
  target: "node20",
  minify: true,
  legalComments: "none",
  external: ["vscode"],
  loader: { ".wasm": "binary", ".md": "text" },
  plugins: [jsonAsText, wasmInside],
  mainFields: ["module", "main"],
  logLevel: "warning",
};

function formatOptions(format: Entry["format"]): BuildOptions {
  // VS Code 1.91 shows webviews in Chromium 122.
  if (format === "page") return { format: "iife", platform: "browser", target: "chrome122" };
  if (format === "esm") return { format, banner: { js: REQUIRE_IN_ESM } };
  return { format, banner: { js: URL_IN_CJS }, define: { "import.meta.url": "__bundleUrl" } };
}
