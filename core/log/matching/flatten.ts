import type { TrieNode } from "./byte-trie.ts";
import type { Compiled, End, Ending, Place, Search } from "./compile.ts";
import { chooseKeys } from "./keys.ts";
import type { Reach } from "./reach.ts";
import { CLOSED_TYPES, ENTRY_LAYER, type MatcherTables, MESSAGE_LAYER, MOST_CHILDREN } from "./tables.ts";

/** Write compiled templates down as numbers. */
export function flatten({ root, programs, writers, depth }: Compiled): MatcherTables {
  // Offset 0 means none.
  const code: number[] = [0];
  const labels: number[] = [];
  let landings = 0;
  const places = new Map<Place, number>();
  const ends = new Map<End, number>();
  const endOrder: End[] = [];

  function record(reach: Reach, ...rest: readonly number[]): number {
    const at = code.length;
    code.push(reach.message, reach.entry, reach.hint, reach.writers, ...rest);
    return at;
  }

  function list(items: readonly number[]): number {
    const at = code.length;
    for (const item of items) code.push(item);
    return at;
  }

  function trie<Value extends Place | Ending>(node: TrieNode<Value>, write: (value: Value) => number): number {
    const labelStart = labels.length;
    labels.push(...node.label);
    const labelEnd = labels.length;
    const value = node.value === null ? 0 : write(node.value);
    const children = node.children.map((child, index) => [node.firsts[index] ?? 0, trie(child, write)] as const);
    const rest = children.length <= MOST_CHILDREN ? children.flat() : childTable(children);
    return record(node.reach, labelStart, labelEnd, value, children.length, ...rest);
  }

  function place(from: Place): number {
    const known = places.get(from);
    if (known !== undefined) return known;
    const closed = from.closed.flatMap(({ type, next }) => [CLOSED_TYPES.indexOf(type), trie(next, place)]);
    const open = from.open.map(search);
    const at = record(
      from.reach,
      from.ends.length,
      list(from.ends.map(end)),
      from.closed.length,
      list(closed),
      open.length,
      list(open),
    );
    places.set(from, at);
    return at;
  }

  function end(from: End): number {
    const known = ends.get(from);
    if (known !== undefined) return known;
    const layer = from.template.layer === "message" ? MESSAGE_LAYER : ENTRY_LAYER;
    const at = record(from.reach, from.order, layer, from.score);
    ends.set(from, at);
    endOrder.push(from);
    return at;
  }

  function ending(from: Ending): number {
    const items = list(from.ends.map(end));
    return record(from.reach, from.ends.length, items);
  }

  function search(from: Search): number {
    const firstEnd = endOrder.length;
    const endItems = list(from.ends.map(end));
    const endings = from.endings === null ? 0 : trie(from.endings, ending);
    const tailEnd = endOrder.length;
    const tail = from.tail === null ? 0 : place(from.tail);
    const landingEnd = endOrder.length;
    const written = from.landings.map(({ literal, place: next }) => {
      const at = place(next);
      return { literal, reach: next.reach, at, behind: endOrder.length };
    });
    const landingsAt = code.length;
    for (const { literal, reach, at, behind } of written) {
      const start = labels.length;
      labels.push(...literal);
      record(reach, start, labels.length, at, landings++, behind);
    }
    const rest = [tail, written.length, landingsAt, firstEnd, tailEnd, landingEnd, endOrder.length];
    return record(from.reach, from.ends.length, endItems, from.word ? 1 : 0, endings, ...rest);
  }

  const start = trie(root, place);
  return {
    code: Int32Array.from(code),
    labels: Uint8Array.from(labels),
    root: start,
    ends: Int32Array.from(endOrder, (one) => ends.get(one) ?? 0),
    keys: chooseKeys(endOrder),
    landings,
    depth,
    writers: { ...flatMasks(writers.all()), systems: programs.systems },
  };
}

function childTable(children: readonly (readonly [byte: number, node: number])[]): readonly number[] {
  const table = Array.from({ length: 256 }, () => 0);
  for (const [byte, node] of children) table[byte] = node;
  return table;
}

function flatMasks(masks: readonly Int32Array[]): { readonly masks: Int32Array; readonly words: number } {
  return { masks: Int32Array.from(masks.flatMap((mask) => [...mask])), words: masks[0]?.length ?? 0 };
}
