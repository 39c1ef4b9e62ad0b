import type { LiteralSegment, Segment } from "../template.ts";
import type { TrieNode } from "./byte-trie.ts";
import type { Compiled, End, Ending, Place, Search } from "./compile.ts";
import { chooseKeys } from "./keys.ts";
import { CLOSED_TYPES, type MatcherTables, MOST_CHILDREN } from "./tables.ts";

/** Kinds of a template's steps. */
const END = 0;
const LITERAL = 1;
const CLOSED = 2;
const WORD = 3;
const TEXT = 4;

/** Write compiled templates down as numbers. */
export function flatten({ root, programs, writers, depth }: Compiled): MatcherTables {
  // Offset 0 means none.
  const code: number[] = [0];
  const labels: number[] = [];
  const literals = new Map<string, number>();
  /** In the order of the tree, so that the ends below any part of it are neighbours; each with the place of its record. */
  const ends: { readonly end: End; readonly record: number }[] = [];

  function list(items: readonly number[]): number {
    const at = code.length;
    for (const item of items) code.push(item);
    return at;
  }

  /** @param firstEnd how many ends there were before those below the part */
  function record(firstEnd: number, ...rest: readonly number[]): number {
    return list([firstEnd, ends.length, ...rest]);
  }

  function trie<Value extends Place | Ending>(node: TrieNode<Value>, write: (value: Value) => number): number {
    const firstEnd = ends.length;
    const labelStart = labels.length;
    labels.push(...node.label);
    const labelEnd = labels.length;
    const value = node.value === null ? 0 : write(node.value);
    const children = node.children.map((child, index) => [node.firsts[index] ?? 0, trie(child, write)] as const);
    const rest = children.length <= MOST_CHILDREN ? children.flat() : childTable(children);
    return record(firstEnd, labelStart, labelEnd, value, children.length, ...rest);
  }

  function place(from: Place): number {
    const firstEnd = ends.length;
    const own = from.ends.map(end);
    const closed = from.closed.flatMap(({ type, next }) => [CLOSED_TYPES.indexOf(type), trie(next, place)]);
    const open = from.open.map(search);
    return record(firstEnd, own.length, list(own), from.closed.length, list(closed), open.length, list(open));
  }

  function end(from: End): number {
    const { template, order, score, isExplained, writers: set } = from;
    const isMessage = template.layer === "message";
    const steps = list(stepsOf(from.segments));
    const at = list([isMessage ? score : -1, isMessage ? -1 : score, isExplained ? 1 : 0, set, order, steps]);
    ends.push({ end: from, record: at });
    return at;
  }

  /** One after the other what a line has to hold to be an instance. */
  function stepsOf(segments: readonly Segment[]): readonly number[] {
    const steps = segments.flatMap((segment) => {
      if (segment.kind === "literal") return [LITERAL, ...literalAt(segment)];
      if (segment.rule === "closed") return [CLOSED, CLOSED_TYPES.indexOf(segment.type), 0];
      return [segment.rule === "word" ? WORD : TEXT, 0, 0];
    });
    return [...steps, END, 0, 0];
  }

  /** Many templates share their literals. */
  function literalAt({ text, bytes }: LiteralSegment): readonly number[] {
    const start = literals.get(text) ?? labels.length;
    if (!literals.has(text)) {
      literals.set(text, start);
      labels.push(...bytes);
    }
    return [start, start + bytes.length];
  }

  function ending(from: Ending): number {
    const firstEnd = ends.length;
    const own = from.ends.map(end);
    return record(firstEnd, own.length, list(own));
  }

  function search(from: Search): number {
    const firstEnd = ends.length;
    const own = from.ends.map(end);
    const endings = from.endings === null ? 0 : trie(from.endings, ending);
    const tailEnd = ends.length;
    const tail = from.tail === null ? 0 : place(from.tail);
    const landingEnd = ends.length;
    const landings = from.landings.map(({ literal, place: next }) => {
      const first = ends.length;
      const at = place(next);
      return { literal, first, behind: ends.length, at };
    });
    const landingsAt = code.length;
    for (const { literal, first, behind, at } of landings) {
      const start = labels.length;
      labels.push(...literal);
      list([first, behind, start, labels.length, at]);
    }
    const rest = [tail, landings.length, landingsAt, tailEnd, landingEnd];
    return record(firstEnd, own.length, list(own), from.word ? 1 : 0, endings, ...rest);
  }

  const start = trie(root, place);
  const keyed = ends.map(({ end: { segments, template, isExplained, writers: set } }) => {
    const isMessage = template.layer === "message";
    return { segments, isMessage, isExplained, isOrdinary: isMessage && !isExplained, writers: set };
  });
  return {
    code: Int32Array.from(code),
    labels: Uint8Array.from(labels),
    root: start,
    ends: Int32Array.from(ends, ({ record: at }) => at),
    keys: chooseKeys(keyed),
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
