import { relative } from "node:path";
import { type BuildOptions, build, type Metafile, type OnLoadResult, type Plugin } from "esbuild";
import { inRoot } from "./paths.ts";
import { Failure } from "./say.ts";

/** A file of the command line, and the modules it begins with. */
export interface Piece {
  /** Of the file in dist/, without its ending. */
  readonly name: string;
  /** Modules, by their paths relative to the top of the checkout. */
  readonly entries: readonly string[];
  /** Its entry is a program: it does something when it is loaded, so nothing can be taken from it. */
  readonly isProgram?: true;
}

/** What a module imports, at once and later (`import()`). Modules are named by their paths, relative to the top of the checkout. */
export interface ModuleImports {
  readonly now: readonly string[];
  readonly later: readonly string[];
}

export interface PiecePlan {
  readonly pieces: readonly Piece[];
  /** The piece that holds a module. */
  readonly ownerOf: ReadonlyMap<string, Piece>;
  /** The modules of a piece that it exports: those that others import, or that are imported later. */
  readonly takenFrom: ReadonlyMap<Piece, ReadonlySet<string>>;
}

/**
 * Decides which piece holds which module: the first whose entries import it, at once and not later. What is imported later and is in none is a piece of its own.
 * So a piece takes what it lacks from those before it, and from those behind it only later. @throws Failure where something would be taken from a program
 */
export function planPieces(given: readonly Piece[], importsOf: ReadonlyMap<string, ModuleImports>): PiecePlan {
  const pieces = [...given];
  const ownerOf = new Map<string, Piece>();
  const later: string[] = [];
  const hold = (module: string, piece: Piece): void => {
    if (ownerOf.has(module)) return;
    ownerOf.set(module, piece);
    const imports = importsOf.get(module);
    later.push(...(imports?.later ?? []));
    for (const one of imports?.now ?? []) hold(one, piece);
  };
  for (const piece of pieces) {
    for (const entry of piece.entries) hold(entry, piece);
    const next = piece === pieces.at(-1) ? later.find((module) => !ownerOf.has(module)) : undefined;
    if (next !== undefined) pieces.push({ name: `postmaster-${wordsOf(next)}`, entries: [next] });
  }
  const takenFrom = new Map(pieces.map((piece) => [piece, new Set<string>()]));
  for (const [module, piece] of ownerOf) {
    const { now = [], later: then = [] } = importsOf.get(module) ?? {};
    for (const one of [...now.filter((other) => ownerOf.get(other) !== piece), ...then]) {
      const owner = ownerOf.get(one);
      if (owner?.isProgram === true) throw new Failure(`${module} imports ${one}: ${owner.name} would be run`);
      if (owner !== undefined) takenFrom.get(owner)?.add(one);
    }
  }
  return { pieces, ownerOf, takenFrom };
}

/** All modules that loading one of them takes: those that it imports at once, and what these import. */
export function neededBy(module: string, importsOf: ReadonlyMap<string, ModuleImports>): ReadonlySet<string> {
  const needed = new Set<string>();
  const add = (one: string): void => {
    if (needed.has(one)) return;
    needed.add(one);
    for (const other of importsOf.get(one)?.now ?? []) add(other);
  };
  add(module);
  return needed;
}

/** All modules that are loaded with one of them: its whole piece, and all pieces that one takes something from. */
export function loadedWith(
  module: string,
  { ownerOf }: PiecePlan,
  importsOf: ReadonlyMap<string, ModuleImports>,
): ReadonlySet<string> {
  const loaded = new Set<Piece>();
  const add = (piece: Piece | undefined): void => {
    if (piece === undefined || loaded.has(piece)) return;
    loaded.add(piece);
    for (const [one, owner] of ownerOf) {
      if (owner === piece) for (const other of importsOf.get(one)?.now ?? []) add(ownerOf.get(other));
    }
  };
  add(ownerOf.get(module));
  return new Set([...ownerOf].filter(([, owner]) => loaded.has(owner)).map(([one]) => one));
}

/** `server/cli/fix/tell-fixes.ts` is `cli-fix-tell-fixes`. */
function wordsOf(module: string): string {
  return module.replace(/\.ts$/, "").split("/").slice(1).join("-");
}

/** The modules that pieces are made of. */
export interface PieceModules {
  readonly importsOf: ReadonlyMap<string, ModuleImports>;
  /** Of the source of each. */
  readonly bytesOf: ReadonlyMap<string, number>;
}

/** What esbuild knows of them, without building anything. */
export async function lookAtModules(given: readonly Piece[], options: BuildOptions): Promise<PieceModules> {
  const all = await look(
    given.flatMap(({ entries }) => entries),
    options,
  );
  const sizes = Object.entries(all.inputs).map(([module, { bytes }]) => [module, bytes] as const);
  return { importsOf: importsIn(all), bytesOf: new Map(sizes) };
}

/** Writes all pieces into dist/. @returns the files, relative to the top of the checkout */
export async function buildPieces(given: readonly Piece[], options: BuildOptions): Promise<readonly string[]> {
  const plan = planPieces(given, (await lookAtModules(given, options)).importsOf);
  const shared = [...plan.takenFrom.values()].flatMap((modules) => [...modules]);
  const exportsOf = exportsIn(await look(shared, options));
  await Promise.all(
    plan.pieces.map((piece) =>
      build({
        ...options,
        stdin: { contents: contentsOf(piece, plan, exportsOf), resolveDir: inRoot() },
        outfile: inRoot(fileOf(piece)),
        plugins: [takenFromPieces(piece, plan, exportsOf), ...(options.plugins ?? [])],
      }),
    ),
  );
  return plan.pieces.map(fileOf);
}

/** What esbuild knows of modules and of all they import. */
async function look(modules: readonly string[], options: BuildOptions): Promise<Metafile> {
  const entryPoints = modules.map((module) => inRoot(module));
  const own = { entryPoints, outbase: inRoot(), outdir: inRoot("dist"), format: "esm", splitting: true } as const;
  const { metafile } = await build({ ...options, ...own, write: false, metafile: true });
  return metafile;
}

function importsIn({ inputs }: Metafile): ReadonlyMap<string, ModuleImports> {
  // What a plugin makes up has its namespace in front.
  const isFile = (path: string): boolean => !/^[\w-]{2,}:/.test(path);
  return new Map(
    Object.entries(inputs).map(([module, { imports }]) => {
      const files = imports.filter(({ path, external }) => external !== true && isFile(path));
      const paths = (isLater: boolean): readonly string[] =>
        files.filter(({ kind }) => (kind === "dynamic-import") === isLater).map(({ path }) => path);
      return [module, { now: paths(false), later: paths(true) }];
    }),
  );
}

/** By module, the names it exports; none for a CommonJS module, which does not tell. */
type ExportsOf = ReadonlyMap<string, readonly string[]>;

function exportsIn({ outputs, inputs }: Metafile): ExportsOf {
  return new Map(
    Object.values(outputs).flatMap(({ entryPoint, exports }) =>
      entryPoint === undefined ? [] : [[entryPoint, inputs[entryPoint]?.format === "cjs" ? [] : exports] as const],
    ),
  );
}

function fileOf({ name }: Piece): string {
  return `dist/${name}.cjs`;
}

/** A program is run; of all others everything that is taken is exported, under a name that tells the module. */
function contentsOf(piece: Piece, { takenFrom }: PiecePlan, exportsOf: ExportsOf): string {
  if (piece.isProgram) return piece.entries.map((entry) => `import "./${entry}";`).join("\n");
  const exported = [...(takenFrom.get(piece) ?? [])].map((module) =>
    exportsOf.get(module)?.length === 0
      ? `export const ${exportName(module)} = require("./${module}");`
      : `export * as ${exportName(module)} from "./${module}"${attributes(module)};`,
  );
  return exported.join("\n");
}

/** With other attributes it would be another module. */
function attributes(module: string): string {
  return module.endsWith(".json") ? ' with { type: "json" }' : "";
}

function exportName(module: string): string {
  return module.replaceAll(/\W/g, "_");
}

const PIECE = "piece";
const LATER = "later";

/**
 * In the place of a module that another piece holds: what that one exports of it. The same for one that is imported later, even where it is in the same piece: esbuild
 * would put each module behind such an import into a function, and V8 reads what stands in functions twice, which made loading a third slower.
 */
function takenFromPieces(piece: Piece, { ownerOf }: PiecePlan, exportsOf: ExportsOf): Plugin {
  return {
    name: "taken-from-pieces",
    setup(builder) {
      builder.onResolve({ filter: /./ }, async ({ kind, path, importer, resolveDir, pluginData }) => {
        if (pluginData === PIECE) return { path, external: true };
        if (kind !== "dynamic-import") return undefined;
        const found = await builder.resolve(path, { importer, resolveDir, kind: "import-statement" });
        return found.external ? found : { path: found.path, namespace: LATER };
      });
      builder.onLoad({ filter: /./, namespace: LATER }, ({ path }) => taken(fromRoot(path)));
      builder.onLoad({ filter: /./ }, ({ path }) => {
        const module = fromRoot(path);
        const owner = ownerOf.get(module);
        return owner === undefined || owner === piece ? undefined : taken(module);
      });
    },
  };

  function taken(module: string): OnLoadResult {
    const source = `require("./${ownerOf.get(module)?.name ?? ""}.cjs").${exportName(module)}`;
    const names = exportsOf.get(module) ?? [];
    if (names.length === 0) return { contents: `module.exports = ${source};`, pluginData: PIECE };
    const values = names.map((name) =>
      name === "default" ? "export default taken.default;" : `export const ${name} = taken.${name};`,
    );
    return { contents: `const taken = ${source};\n${values.join("\n")}`, pluginData: PIECE };
  }
}

function fromRoot(path: string): string {
  return relative(inRoot(), path).replaceAll("\\", "/");
}
