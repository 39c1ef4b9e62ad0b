import { beginsAnother, type Life, lifeAfter, UNBORN } from "./life.ts";
import { createIdReader, type LineIds } from "./line-ids.ts";

/** Lines of a document, from 0. */
export interface Lines {
  readonly lineCount: number;
  lineText(line: number): string;
}

/** Where an id stands. */
export interface IdPlace {
  /** From 0. */
  readonly line: number;
  /** UTF-16 code units from the line's start. */
  readonly start: number;
  readonly end: number;
}

/** One mail in a document: the places of its id, and which of them stand on its own lines. */
export interface MailPlaces {
  readonly id: string;
  /** The lines about the mail, in order. Empty where only other mails' lines name the id. */
  readonly own: readonly IdPlace[];
  /** Those and the places on other lines that name it, in order. */
  readonly all: readonly IdPlace[];
}

/**
 * The queue ids of a document. Nothing is read before the first question, and all of it only once the places of an id are asked for; from then
 * on a change costs the lines it touches at the document's end, and elsewhere those and one pass over what is known of the others (no line is
 * read again).
 */
export interface IdIndex {
  /** The ids on a line. Reads that line alone. */
  idsOn(line: number): LineIds | null;
  /** The mail whose id stands at a place; null where there is none. */
  mailAt(line: number, character: number): MailPlaces | null;
  /** The mail that a line is about; null for a line about none. */
  mailOn(line: number): MailPlaces | null;
  /** The other mails that a line names. */
  namedOn(line: number): readonly MailPlaces[];
  /** The lines `first` to `last` have become others; `before` is how many lines there were. */
  replaced(first: number, last: number, before: number): void;
}

export function createIdIndex(lines: Lines): IdIndex {
  const read = createIdReader();
  /** By line; undefined for a line that was not read yet. */
  let known: (LineIds | null | undefined)[] | null = null;
  let linesOf: Map<string, number[]> | null = null;

  function idsOn(line: number): LineIds | null {
    if (line < 0 || line >= lines.lineCount) return null;
    known ??= Array.from({ length: lines.lineCount }, () => undefined);
    const ids = known[line];
    if (ids !== undefined) return ids;
    const found = read(lines.lineText(line));
    known[line] = found;
    return found;
  }

  function index(): Map<string, number[]> {
    if (linesOf !== null) return linesOf;
    linesOf = new Map();
    for (let line = 0; line < lines.lineCount; line += 1) addLine(linesOf, idsOn(line), line);
    return linesOf;
  }

  function placesOf(id: string, line: number): MailPlaces {
    const begins: number[] = [];
    const ownLines: number[] = [];
    const candidates = index().get(id) ?? [];
    let life: Life = UNBORN;
    for (const candidate of candidates) {
      const ids = idsOn(candidate);
      if (ids?.own?.id !== id) continue;
      if (begins.length === 0 || beginsAnother(life, ids.mark)) {
        begins.push(candidate);
        life = UNBORN;
      }
      life = lifeAfter(life, ids.mark);
      ownLines.push(candidate);
    }
    // A line that names a mail was written after the mail began; a line before the first can only mean the first.
    const mailOf = (at: number): number => Math.max(0, lastAtOrBefore(begins, at));
    const wanted = mailOf(line);
    const own = new Set(ownLines);
    const mine = candidates.filter((candidate) => mailOf(candidate) === wanted);
    const places = mine.flatMap((candidate) => placeOn(idsOn(candidate), candidate, id));
    return { id, own: places.filter((place) => own.has(place.line)), all: places };
  }

  return {
    idsOn,
    mailAt(line, character) {
      const found = namesOn(idsOn(line)).find(({ id, at }) => at <= character && character <= at + id.length);
      return found === undefined ? null : placesOf(found.id, line);
    },
    mailOn(line) {
      const own = idsOn(line)?.own ?? null;
      return own === null ? null : placesOf(own.id, line);
    },
    namedOn: (line) => (idsOn(line)?.named ?? []).map(({ id }) => placesOf(id, line)),
    replaced(first, last, before) {
      if (known === null) return;
      const from = clamp(first, before - 1);
      const to = Math.max(from, clamp(last, before - 1));
      const count = to - from + 1 + lines.lineCount - before;
      if (linesOf === null) {
        const behind = known.splice(from).slice(to + 1 - from);
        for (let line = 0; line < count; line += 1) known.push(undefined);
        for (const ids of behind) known.push(ids);
        return;
      }
      const added: (LineIds | null)[] = [];
      for (let line = from; line < from + count; line += 1) added.push(read(lines.lineText(line)));
      if (to === before - 1) {
        for (let line = to; line >= from; line -= 1) dropLast(linesOf, known[line] ?? null, line);
        known.length = from;
        for (const ids of added) {
          addLine(linesOf, ids, known.length);
          known.push(ids);
        }
        return;
      }
      // Where no line moves and no id comes or goes, the index stays right.
      const stays = count === to - from + 1 && added.every((ids) => ids === null) && noIds(known, from, to);
      known = [...known.slice(0, from), ...added, ...known.slice(to + 1)];
      if (!stays) linesOf = null;
    },
  };
}

function namesOn(ids: LineIds | null): readonly { readonly id: string; readonly at: number }[] {
  if (ids === null) return [];
  return ids.own === null ? ids.named : [ids.own, ...ids.named];
}

function placeOn(ids: LineIds | null, line: number, id: string): IdPlace[] {
  const found = namesOn(ids).find((one) => one.id === id);
  return found === undefined || found.at < 0 ? [] : [{ line, start: found.at, end: found.at + id.length }];
}

function addLine(index: Map<string, number[]>, ids: LineIds | null, line: number): void {
  for (const { id } of namesOn(ids)) {
    const list = index.get(id);
    if (list === undefined) index.set(id, [line]);
    else if (list.at(-1) !== line) list.push(line);
  }
}

/** Takes the document's last line out. */
function dropLast(index: Map<string, number[]>, ids: LineIds | null, line: number): void {
  for (const { id } of namesOn(ids)) {
    const list = index.get(id);
    if (list?.at(-1) === line) list.pop();
  }
}

function noIds(known: readonly (LineIds | null | undefined)[], from: number, to: number): boolean {
  for (let line = from; line <= to; line += 1) if ((known[line] ?? null) !== null) return false;
  return true;
}

/** The index of the last value that is no greater; -1 if all are. */
function lastAtOrBefore(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function clamp(value: number, highest: number): number {
  return Math.max(0, Math.min(Math.trunc(value), highest));
}
