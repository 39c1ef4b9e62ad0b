import assert from "node:assert/strict";
import { test } from "node:test";
import { type Import, type Source, sources } from "./sources.ts";

/** The layers of core/, lowest first; folders on one line do not know each other. */
const LAYERS: readonly (readonly string[])[] = [
  ["memory", "collections"],
  ["text"],
  ["io", "syntax", "log"],
  ["reference", "catalogue", "trace"],
  ["model", "cause"],
  ["fixes"],
  ["rules"],
  ["features", "report"],
];

/** Those of server/. */
const SERVER_LAYERS: readonly (readonly string[])[] = [
  ["host"],
  ["tail", "redact", "input", "log-jobs"],
  ["report"],
  ["lsp"],
  ["cli"],
];

/** Loads the module of each job by its name, wherever it lies. */
const JOB_LIST = "server/log-jobs/jobs.ts";

/** What runs in a webview: no Node and no VS Code there. */
const PAGES = "client/views/page/";

/** Data that any layer of core may read. */
const DATA = "generated";

test("every folder of core/ stands in one layer", () => {
  const known = new Set([...LAYERS.flat(), DATA]);
  const strange = inPackage("core")
    .map(folderOf)
    .filter((folder) => folder !== null && !known.has(folder));
  assert.deepEqual([...new Set(strange)], []);
});

test("in core/, imports point to lower layers only", () => {
  assert.deepEqual(
    complaints("core", (from, { target }) => {
      if (target === null || !target.startsWith("core/")) return "leaves core/";
      const [own, other] = [folderOf(from), folderOf({ path: target })];
      if (own === null || other === null || own === other || other === DATA) return null;
      return rank(other) < rank(own) ? null : `${own} must not know ${other}`;
    }),
    [],
  );
});

test("server/ imports core/, itself and its declared packages", () => {
  assert.deepEqual(
    complaints("server", (_, { specifier, target }) => {
      if (target !== null) return /^(?:core|server)\//.test(target) ? null : "is neither server/ nor core/";
      return /^(?:node:|vscode-languageserver|@stephen-riley\/)/.test(specifier)
        ? null
        : "is not a package of the server";
    }),
    [],
  );
});

test("every folder of server/ stands in one layer, and imports point to lower layers only", () => {
  const files = inPackage("server").filter(({ path }) => !path.startsWith("server/bin/"));
  const strange = files.map(folderOf).filter((folder) => folder === null || rank(folder, SERVER_LAYERS) === -1);
  assert.deepEqual([...new Set(strange)], []);
  assert.deepEqual(
    complaints("server", (from, { target }) => {
      if (target === null || !target.startsWith("server/") || from.path === JOB_LIST) return null;
      const [own, other] = [folderOf(from), folderOf({ path: target })];
      if (own === null || other === null || own === other) return null;
      return rank(other, SERVER_LAYERS) < rank(own, SERVER_LAYERS) ? null : `${own} must not know ${other}`;
    }),
    [],
  );
});

test("client/ knows of the server nothing but the types of their protocol", () => {
  assert.deepEqual(
    complaints("client", (from, { specifier, target, typeOnly }) => {
      if (target === null)
        return (from.path.startsWith(PAGES) ? /^uplot$/ : /^(?:node:|vscode$|vscode-languageclient)/).test(specifier)
          ? null
          : "is not a package of the client";
      if (target.startsWith("client/")) return null;
      return typeOnly && /^server\/(?:.*\/)?protocol[^/]*\.ts$/.test(target)
        ? null
        : "is more than a type of the protocol";
    }),
    [],
  );
});

test("what ships imports nothing from scripts/, test/ or bench/", () => {
  const shipped = sources.filter(({ path }) => /^(?:core|server|client)\//.test(path));
  const wrong = shipped.flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => target !== null && /^(?:scripts|test|bench)\//.test(target))
      .map((one) => `${path}: ${one.specifier}`),
  );
  assert.deepEqual(wrong, []);
});

function inPackage(name: string): readonly Source[] {
  const found = sources.filter(({ path }) => path.startsWith(`${name}/`));
  assert.ok(found.length > 0, `${name}/ has sources`);
  return found;
}

/** All imports of a package that a rule objects to, as "file: import: why". */
function complaints(name: string, rule: (from: Source, what: Import) => string | null): readonly string[] {
  return inPackage(name).flatMap((source) =>
    source.imports.flatMap((one) => {
      const why = rule(source, one);
      return why === null ? [] : [`${source.path}: ${one.specifier}: ${why}`];
    }),
  );
}

/** The folder of its package a file lies in, null for the few files beside the folders. */
function folderOf({ path }: { readonly path: string }): string | null {
  const parts = path.split("/");
  return parts.length > 2 ? (parts[1] ?? null) : null;
}

function rank(folder: string, layers = LAYERS): number {
  return layers.findIndex((layer) => layer.includes(folder));
}
