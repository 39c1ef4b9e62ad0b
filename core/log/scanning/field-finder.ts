import { beforeBracket } from "../before-bracket.ts";
import { clientParts } from "../client-parts.ts";
import { isTail, readTail, TAIL_FIELDS, type TailType } from "../field-tails.ts";
import type { FieldSegment } from "../template.ts";

/** Names of fields, numbered when first asked for. */
export interface FieldNames {
  numberOf(name: string): number;
  readonly count: number;
}

export function createFieldNames(): FieldNames {
  const numbers = new Map<string, number>();
  return {
    numberOf(name) {
      const known = numbers.get(name) ?? numbers.size;
      if (known === numbers.size) numbers.set(name, known);
      return known;
    },
    get count() {
      return numbers.size;
    },
  };
}

const CLIENT_PARTS = ["_name", "_address", "_port"] as const;

/** Where a template's fields come from, by the number of their name. Names numbered later are none of its. */
interface Layout {
  /** Index of the template's own field; PART for a part of another one, ABSENT for none. */
  readonly own: Int16Array;
  /** Index of the field that takes the rest in brackets; ABSENT for none. */
  readonly inBrackets: number;
  readonly clients: readonly { readonly index: number; readonly parts: readonly number[] }[];
  readonly tails: readonly { readonly index: number; readonly type: TailType }[];
}

const SMALLEST = 64;
const PART = -1;
const ABSENT = -2;

/** Finds fields of one match after the other. */
export interface FieldFinder {
  /** Another match: its template and where in an array the positions of its fields begin. The finder keeps all until the next. */
  begin(template: number, text: Uint8Array, numbers: Int32Array, positions: number): void;
  /** As LineScanner.find. */
  find(field: number): boolean;
  start: number;
  end: number;
}

/** @param templates how many there are */
export function createFieldFinder(
  names: FieldNames,
  templates: number,
  fieldsOf: (template: number) => readonly FieldSegment[],
): FieldFinder {
  /** By template. Of its full length from the start: a list with gaps would be looked up as a table of hashes, for every line. */
  const layouts = Array.from({ length: templates }, (): Layout | null => null);
  let starts = new Int32Array(SMALLEST);
  let ends = new Int32Array(SMALLEST);
  /** For which match the parts were found last: `starts` and `ends` of a field hold for it only. */
  let foundIn = new Uint32Array(SMALLEST);
  let match = 0;
  let partsOf = 0;
  let layout: Layout | null = null;
  let text: Uint8Array = new Uint8Array(0);
  let numbers: Int32Array = new Int32Array(0);
  let positions = 0;

  function layoutOf(template: number): Layout {
    const known = layouts[template] ?? null;
    if (known !== null) return known;
    const made = makeLayout(names, fieldsOf(template));
    layouts[template] = made;
    if (names.count > starts.length) {
      // A new template: of no match before this one is anything still asked.
      starts = new Int32Array(names.count * 2);
      ends = new Int32Array(names.count * 2);
      foundIn = new Uint32Array(names.count * 2);
    }
    return made;
  }

  function put(field: number, start: number, end: number): void {
    if (foundIn[field] === match) return;
    foundIn[field] = match;
    starts[field] = start;
    ends[field] = end;
  }

  function putNamed(name: string, start: number, end: number): void {
    put(names.numberOf(name), start, end);
  }

  function startOf(index: number): number {
    return numbers[positions + index * 2] ?? 0;
  }

  function endOf(index: number): number {
    return numbers[positions + index * 2 + 1] ?? 0;
  }

  function findParts({ clients, tails }: Layout): void {
    partsOf = match;
    for (const { index, parts } of clients) {
      const start = startOf(index);
      const end = endOf(index);
      const found = clientParts(text, start, end);
      put(parts[0] ?? -1, start, found.nameEnd);
      put(parts[1] ?? -1, found.addressStart, found.addressEnd);
      if (found.port !== null) put(parts[2] ?? -1, found.port, end);
    }
    for (const { index, type } of tails) {
      readTail(type, text, startOf(index), endOf(index), putNamed);
    }
  }

  const finder: FieldFinder = {
    start: 0,
    end: 0,
    begin(template, given, array, first) {
      match = (match + 1) >>> 0;
      if (match === 0) {
        foundIn.fill(0);
        partsOf = 0;
        match = 1;
      }
      layout = template === -1 ? null : layoutOf(template);
      text = given;
      numbers = array;
      positions = first;
    },
    find(field) {
      if (layout === null) return false;
      const own = layout.own[field] ?? ABSENT;
      if (own >= 0) {
        finder.start = startOf(own);
        finder.end = own === layout.inBrackets ? beforeBracket(text, finder.start, endOf(own)) : endOf(own);
        return true;
      }
      if (own === ABSENT) return false;
      if (partsOf !== match) findParts(layout);
      if (foundIn[field] !== match) return false;
      finder.start = starts[field] ?? 0;
      finder.end = ends[field] ?? 0;
      return true;
    },
  };
  return finder;
}

/** In the order and with the precedence of fieldSpans: a template's own field first, then the first part of that name. */
function makeLayout(names: FieldNames, fields: readonly FieldSegment[]): Layout {
  for (const { name, type } of fields) {
    names.numberOf(name);
    if (type === "client") for (const part of CLIENT_PARTS) names.numberOf(name + part);
    if (isTail(type)) for (const attribute of TAIL_FIELDS) names.numberOf(attribute);
  }
  const own = new Int16Array(names.count).fill(ABSENT);
  const clients: { index: number; parts: readonly number[] }[] = [];
  const tails: { index: number; type: TailType }[] = [];
  fields.forEach(({ name, type }, index) => {
    if (type === "client") {
      const parts = CLIENT_PARTS.map((part) => names.numberOf(name + part));
      clients.push({ index, parts });
      for (const part of parts) own[part] = PART;
    } else if (isTail(type)) {
      tails.push({ index, type });
      for (const attribute of TAIL_FIELDS) own[names.numberOf(attribute)] = PART;
    }
  });
  fields.forEach(({ name }, index) => {
    own[names.numberOf(name)] = index;
  });
  const inBrackets = fields.findIndex((field) => field.inBrackets);
  return { own, inBrackets: inBrackets === -1 ? ABSENT : inBrackets, clients, tails };
}
