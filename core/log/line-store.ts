import { type CutLines, type WholeText, wholeLine } from "./cut-lines.ts";

/** The lines of a text that changes. Those of a long text are cut out of it when they are asked for. */
export interface LineStore {
  readonly count: number;
  /** Empty for a line that does not exist. */
  at(line: number): string;
  /** `removed` lines from `first` on become those of `added` from its line `from` to before `to`. */
  replace(first: number, removed: number, added: CutLines, from: number, to: number): void;
}

interface Kept {
  readonly whole: WholeText;
  /** The number of its first line: numbers stand for lines that were not cut out. */
  readonly first: number;
  /** How many lines of it are still in use. */
  lines: number;
}

export function createLineStore(): LineStore {
  /** A text, or the number of one that lies in a kept text. */
  const lines: (string | number)[] = [];
  const kept: Kept[] = [];
  let next = 0;

  function keeperOf(number: number): Kept | undefined {
    return kept.findLast(({ first }) => first <= number);
  }

  function release(first: number, removed: number): void {
    if (kept.length === 0) return;
    for (let line = first; line < first + removed; line += 1) {
      const item = lines[line];
      const keeper = typeof item === "number" ? keeperOf(item) : undefined;
      if (keeper !== undefined) keeper.lines -= 1;
    }
    for (let index = kept.length - 1; index >= 0; index -= 1) if (kept[index]?.lines === 0) kept.splice(index, 1);
  }

  function itemsOf(added: CutLines, from: number, to: number): (string | number)[] {
    const items: (string | number)[] = [];
    const { whole, count } = added;
    const first = next;
    let numbers = 0;
    for (let index = from; index < to; index += 1) {
      // The first and the last line may be of several pieces.
      const isText = whole === null || index === 0 || index === count - 1;
      if (!isText) numbers += 1;
      items.push(isText ? added.at(index) : first + index);
    }
    if (whole !== null && numbers > 0) {
      kept.push({ whole, first, lines: numbers });
      next += count;
    }
    return items;
  }

  return {
    get count() {
      return lines.length;
    },
    at(line) {
      const item = lines[line];
      if (typeof item === "string") return item;
      const keeper = item === undefined ? undefined : keeperOf(item);
      return item === undefined || keeper === undefined ? "" : wholeLine(keeper.whole, item - keeper.first);
    },
    replace(first, removed, added, from, to) {
      const items = itemsOf(added, from, to);
      release(first, removed);
      spliceMany(lines, first, removed, items);
    },
  };
}

/** `Array.splice` in pieces: as many arguments as a large file has lines overflow the stack. */
export function spliceMany<Item>(items: Item[], at: number, removed: number, added: readonly Item[]): void {
  const piece = 4096;
  if (added.length <= piece) {
    items.splice(at, removed, ...added);
    return;
  }
  const behind = items.slice(at + removed);
  items.length = at;
  for (const item of added) items.push(item);
  for (const item of behind) items.push(item);
}
