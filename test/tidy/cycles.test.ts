import assert from "node:assert/strict";
import { test } from "node:test";
import { sources } from "./sources.ts";

test("no file imports itself by way of others", () => {
  const graph = new Map(sources.map(({ path, imports }) => [path, imports.flatMap(({ target }) => target ?? [])]));
  assert.equal(cycleIn(graph)?.join(" → "), undefined);
});

test("the search finds a cycle", () => {
  const graph = new Map([
    ["a", ["b"]],
    ["b", ["c", "d"]],
    ["c", []],
    ["d", ["b"]],
  ]);
  assert.deepEqual(cycleIn(graph), ["b", "d", "b"]);
});

/** One cycle of a graph, its first file repeated at the end; null if there is none. */
function cycleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>();
  const visit = (node: string, above: readonly string[]): readonly string[] | null => {
    const seen = above.indexOf(node);
    if (seen !== -1) return [...above.slice(seen), node];
    if (done.has(node)) return null;
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...above, node]);
      if (cycle !== null) return cycle;
    }
    done.add(node);
    return null;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle !== null) return cycle;
  }
  return null;
}
