import { countLeading } from "../collections/count-leading.ts";
import { LONGEST_READ } from "../log/log-document.ts";
import { beginsAnother, type Life, lifeAfter, UNBORN } from "./life.ts";
import { createIdReader, type LineIds } from "./line-ids.ts";
import type { NamedId } from "./queue-id.ts";

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
  /** Whether an id stands at a place. Reads that line alone. */
  isAt(line: number, character: number): boolean;
  /** The mail that a line is about; null for a line about none. */
  mailOn(line: number): MailPlaces | null;
  /** The other mails that a line names. */
  namedOn(line: number): readonly MailPlaces[];
  /** The places of ids are known: a question for a mail does not read the document. */
  readonly isWhole: boolean;
  /**
   * Reads what a question for a mail needs, and pauses after each piece, which takes about a millisecond. Several may be under way: no line is read
   * twice.
   */
  reading(): Generator<void>;
  /** The same for `idsOn` the lines from `first` on. */
  readingFrom(first: number): Generator<void>;
  /** The lines `first` to `last` have become others; `before` is how many lines there were. */
  replaced(first: number, last: number, before: number): void;
}

/** What is done without a pause: characters that are read. */
const PIECE = 32_768;
/** What any line costs beside reading it. */
const LINE_COST = 20;
/** Lines looked at for ids where an edit may have left all as it was. */
const MOST_COMPARED = 100;

export function createIdIndex(lines: Lines): IdIndex {
  const read = createIdReader();
  /** By line; undefined for a line that was not read yet. */
  let known: (LineIds | null | undefined)[] | null = null;
  /** Of the lines before `indexed`. */
  let linesOf = new Map<string, number[]>();
  let indexed = 0;
  let effort = 0;

  function idsOn(line: number): LineIds | null {
    if (line < 0 || line >= lines.lineCount) return null;
    known ??= Array.from({ length: lines.lineCount }, () => undefined);
    effort += LINE_COST;
    const ids = known[line];
    if (ids !== undefined) return ids;
    const text = lines.lineText(line);
    const found = text.length > LONGEST_READ ? null : read(text);
    effort += text.length;
    known[line] = found;
    return found;
  }

  function* readingFrom(first: number): Generator<void> {
    for (let line = first; line < lines.lineCount; ) {
      for (effort = 0; effort < PIECE && line < lines.lineCount; line += 1) idsOn(line);
      yield;
    }
  }

  function* reading(): Generator<void> {
    while (indexed < lines.lineCount) {
      for (effort = 0; effort < PIECE && indexed < lines.lineCount; indexed += 1)
        addLine(linesOf, idsOn(indexed), indexed);
      yield;
    }
  }

  function index(): ReadonlyMap<string, readonly number[]> {
    const steps = reading();
    while (steps.next().done !== true);
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

  const nameAt = (line: number, character: number): NamedId | undefined =>
    namesOn(idsOn(line)).find(({ id, at }) => at <= character && character <= at + id.length);

  /** Whether the new lines, like the old ones, have no ids. */
  function stayWithout(from: number, gone: readonly (LineIds | null | undefined)[]): boolean {
    if (gone.length > MOST_COMPARED || gone.some((ids) => ids !== null)) return false;
    return gone.every((_, at) => idsOn(from + at) === null);
  }

  return {
    idsOn,
    mailAt(line, character) {
      const found = nameAt(line, character);
      return found === undefined ? null : placesOf(found.id, line);
    },
    isAt: (line, character) => nameAt(line, character) !== undefined,
    mailOn(line) {
      const own = idsOn(line)?.own ?? null;
      return own === null ? null : placesOf(own.id, line);
    },
    namedOn: (line) => (idsOn(line)?.named ?? []).map(({ id }) => placesOf(id, line)),
    get isWhole() {
      return indexed === lines.lineCount;
    },
    reading,
    readingFrom,
    replaced(first, last, before) {
      if (known === null) return;
      const from = clamp(first, before - 1);
      const to = Math.max(from, clamp(last, before - 1));
      const count = to - from + 1 + lines.lineCount - before;
      const behind = known.splice(from);
      const gone = behind.slice(0, to + 1 - from);
      for (let line = 0; line < count; line += 1) known.push(undefined);
      for (const ids of behind.slice(gone.length)) known.push(ids);
      if (indexed <= from) return;
      if (indexed <= to + 1) {
        for (let line = indexed - 1; line >= from; line -= 1) dropLast(linesOf, gone[line - from] ?? null, line);
        indexed = from;
      } else if (count !== gone.length || !stayWithout(from, gone)) {
        linesOf = new Map();
        indexed = 0;
      }
    },
  };
}

function namesOn(ids: LineIds | null): readonly NamedId[] {
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

/** The index of the last value that is no greater; -1 if all are. */
function lastAtOrBefore(sorted: readonly number[], value: number): number {
  return countLeading(sorted.length, (index) => (sorted[index] ?? 0) <= value) - 1;
}

function clamp(value: number, highest: number): number {
  return Math.max(0, Math.min(Math.trunc(value), highest));
}
