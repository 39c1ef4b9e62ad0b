import { addTo } from "../collections/lists-by-key.ts";

/** Sweeps that need no more memory: the lines that make one mail of another stand in the order of time, so few are enough. */
const MOST_SWEEPS = 8;

/**
 * All that hangs together with the seeds, these included.
 * @param edges two numbers for each tie, one behind the other; lists in any order
 */
export function connectedTo(edges: readonly Float64Array[], seeds: Iterable<number>): ReadonlySet<number> {
  const found = new Set(seeds);
  const reversed = edges.toReversed();
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep += 1) {
    const before = found.size;
    if (sweep % 2 === 0) for (const list of edges) sweepForward(list, found);
    else for (const list of reversed) sweepBackward(list, found);
    if (found.size === before && sweep > 0) return found;
  }
  followAll(edges, found);
  return found;
}

function sweepForward(list: Float64Array, found: Set<number>): void {
  for (let at = 0; at + 1 < list.length; at += 2) tie(list[at] ?? 0, list[at + 1] ?? 0, found);
}

function sweepBackward(list: Float64Array, found: Set<number>): void {
  for (let at = list.length - 2; at >= 0; at -= 2) tie(list[at] ?? 0, list[at + 1] ?? 0, found);
}

function tie(one: number, other: number, found: Set<number>): void {
  if (found.has(one)) found.add(other);
  else if (found.has(other)) found.add(one);
}

/** For what a stranger may have tied together: linear, whatever it is. */
function followAll(edges: readonly Float64Array[], found: Set<number>): void {
  const neighbours = new Map<number, number[]>();
  for (const list of edges) {
    for (let at = 0; at + 1 < list.length; at += 2) {
      addTo(neighbours, list[at] ?? 0, list[at + 1] ?? 0);
      addTo(neighbours, list[at + 1] ?? 0, list[at] ?? 0);
    }
  }
  // A set that grows while it is walked is walked to its end.
  for (const one of found) for (const other of neighbours.get(one) ?? []) found.add(other);
}
