import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { root } from "../../scripts/lib/paths.ts";

/** One import of a source file. */
export interface Import {
  /** As written. */
  readonly specifier: string;
  /** The file meant, relative to the top of the checkout; null for packages and Node's own modules. */
  readonly target: string | null;
  readonly typeOnly: boolean;
}

export interface Source {
  /** Relative to the top of the checkout, "/" between folders. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

/** `import … from "x"`, `export … from "x"`, `import "x"`, at the start of a line as the formatter puts them. */
const STATIC = /^(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm;
const DYNAMIC = /\bimport\(\s*"([^"]+)"/g;

/** All TypeScript of the project that people write. */
export const sources: readonly Source[] = globSync("{core,server,client,scripts,test,bench}/**/*.ts", { cwd: root })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => !path.includes("node_modules/") && !path.startsWith("test/fixtures/"))
  .sort()
  .map((path) => {
    const text = readFileSync(join(root, path), "utf8");
    return { path, text, imports: importsOf(path, text) };
  });

function importsOf(path: string, text: string): readonly Import[] {
  const written = [
    ...[...text.matchAll(STATIC)].map((found) => ({ specifier: found[2] ?? "", typeOnly: found[1] !== undefined })),
    ...[...text.matchAll(DYNAMIC)].map((found) => ({ specifier: found[1] ?? "", typeOnly: false })),
  ];
  return written.map((one) => ({ ...one, target: targetOf(path, one.specifier) }));
}

function targetOf(path: string, specifier: string): string | null {
  if (specifier.startsWith(".")) return join(dirname(path), specifier);
  const workspace = /^@postmaster\/(core|server|client)\/(.+)$/.exec(specifier);
  return workspace === null ? null : `${workspace[1]}/${workspace[2]}`;
}
