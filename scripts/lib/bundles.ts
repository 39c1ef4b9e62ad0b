import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { COMMAND_LINE } from "./command-line-pieces.ts";
import { inRoot } from "./paths.ts";
import { buildPieces } from "./pieces.ts";
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
  readonly format: "cjs" | "page";
}

/** What is built. The oldest VS Code we support runs extensions on Node 20; the command line runs on Node 20 too. */
const ENTRIES: readonly Entry[] = [
  { source: "client/main.ts", output: "dist/client.cjs", format: "cjs" },
  { source: "server/lsp/main.ts", output: "dist/server.cjs", format: "cjs" },
  { source: "server/host/pattern/worker.ts", output: "dist/pattern-worker.cjs", format: "cjs" },
  { source: "client/views/page/page.ts", output: "dist/view.js", format: "page" },
  { source: "client/views/page/view.css", output: "dist/view.css", format: "page" },
];

/** Node reads the nearest such file before it loads a script: the extension's own takes it four milliseconds. */
const PACKAGE = `${JSON.stringify({ type: "commonjs" })}\n`;

/** `import.meta.url` for ES modules inside a CommonJS bundle: the bundle's own address. */
const URL_IN_CJS = 'const __bundleUrl = require("node:url").pathToFileURL(__filename).href;';

/**
 * Bundle everything into dist/.
 * @throws Failure if a source does not compile; esbuild has printed why.
 */
export async function buildBundles(options: { readonly sourceMaps: boolean }): Promise<readonly Bundle[]> {
  await mkdir(inRoot("dist"), { recursive: true });
  await removeOld();
  await writeFile(inRoot("dist", "package.json"), PACKAGE);
  const [commandLine, others] = await Promise.all([
    bundleCommandLine(options.sourceMaps),
    Promise.all(ENTRIES.map((entry) => bundle(entry, options.sourceMaps))),
  ]);
  return [...others, ...commandLine];
}

/** Bundle only what pages are made of. */
export async function buildPages(): Promise<void> {
  await mkdir(inRoot("dist"), { recursive: true });
  await Promise.all(ENTRIES.filter(({ format }) => format === "page").map((entry) => bundle(entry, false)));
}

async function bundleCommandLine(sourcemap: boolean): Promise<readonly Bundle[]> {
  const files = await buildPieces(COMMAND_LINE, { ...commandLineOptions(), sourcemap });
  return Promise.all(files.map(sized));
}

/** How the pieces of the command line are built. */
export function commandLineOptions(): BuildOptions {
  return { ...commonOptions, ...formatOptions("cjs"), plugins: [readyData, wasmInside, globalProcess] };
}

/** What an earlier build left and this one may not write: pieces of the command line, and data, all of which ships. */
async function removeOld(): Promise<void> {
  const pieces = (await readdir(inRoot("dist"))).filter((name) =>
    /^(?:postmaster|log-worker).*\.[cm]js(?:\.map)?$/.test(name),
  );
  await Promise.all(["data", ...pieces].map((name) => rm(inRoot("dist", name), { recursive: true, force: true })));
}

async function bundle({ source, output, format }: Entry, sourcemap: boolean): Promise<Bundle> {
  const own: BuildOptions = { entryPoints: [inRoot(source)], sourcemap, outfile: inRoot(output) };
  // A page has no files to read, and the client starts without any.
  const data = source.startsWith("server/") ? readyData : jsonAsText;
  const plugins = [data, wasmInside];
  await build({ ...commonOptions, ...formatOptions(format), ...own, plugins }).catch(() => {
    throw new Failure(`${output} could not be built; esbuild says why above`);
  });
  return sized(output);
}

async function sized(file: string): Promise<Bundle> {
  return { file, bytes: (await stat(inRoot(file))).size };
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

/** The process without its module: of that, esbuild copies all properties, which are many. */
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
  return { format, banner: { js: URL_IN_CJS }, define: { "import.meta.url": "__bundleUrl" } };
}
