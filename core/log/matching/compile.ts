import { listsByKey } from "../../collections/lists-by-key.ts";
import type { FieldType } from "../field-types.ts";
import { type FieldSegment, parseTemplate, type Segment } from "../template.ts";
import { encodeUtf8 } from "../utf8.ts";
import { buildTrie, type TrieNode } from "./byte-trie.ts";
import type { Template } from "./template-source.ts";
import { createWriterSets, indexPrograms, type ProgramIndex, type WriterSets } from "./writer-sets.ts";

/** The end of a template: reached at the end of the line, it is an instance of it. */
export interface End {
  readonly template: Template;
  /** Its place in the list of templates. */
  readonly order: number;
  readonly segments: readonly Segment[];
  readonly score: number;
  /** A message that an entry explains. */
  readonly isExplained: boolean;
  /** Number of its set of writers. */
  readonly writers: number;
}

/** A place after a literal: templates may end here or go on with a field. */
export interface Place {
  readonly ends: readonly End[];
  readonly closed: readonly ClosedStep[];
  readonly open: readonly Search[];
}

/** A field whose end its own bytes decide; what follows must stand right there. */
export interface ClosedStep {
  readonly type: FieldType;
  readonly next: TrieNode<Place>;
}

/** An open field and every literal that may end it. */
export interface Search {
  /** The field may not go past the first blank. */
  readonly word: boolean;
  /** Templates that end with this field. */
  readonly ends: readonly End[];
  /** Templates that end with one more literal: a trie over these literals, reversed. */
  readonly endings: TrieNode<Ending> | null;
  /** The other literals, of which the leftmost occurrence counts. */
  readonly landings: readonly Landing[];
  /** Where the `envelope` tail may follow: entered at the end of the line if no tail is found. */
  readonly tail: Place | null;
}

export interface Ending {
  readonly ends: readonly End[];
}

/** Where a found literal leads. */
export interface Landing {
  readonly literal: Uint8Array;
  readonly place: Place;
}

export interface Compiled {
  readonly root: TrieNode<Place>;
  /** In the order of the templates. */
  readonly ends: readonly End[];
  readonly programs: ProgramIndex;
  readonly writers: WriterSets;
  /** The most fields that any template has. */
  readonly depth: number;
}

/** A template on its way: the segments before `next` are behind us. */
interface Item {
  readonly segments: readonly Segment[];
  readonly next: number;
  readonly end: End;
}

/**
 * Compile templates into one structure. Equal beginnings are shared, so a place stands for all templates that begin
 * alike.
 * @param explained ids of the messages that an entry explains
 * @throws TemplateError for a template that does not follow the notation.
 */
export function compileTemplates(templates: readonly Template[], explained: ReadonlySet<string>): Compiled {
  const programs = indexPrograms(templates);
  const writers = createWriterSets();

  // Thousands of templates share some hundred lists of programs.
  const setOf = new Map<string, number>();
  function writersOf(template: Template): number {
    const key = `${template.system ?? ""} ${template.programs?.join() ?? ""}`;
    const number = setOf.get(key) ?? writers.numberOf(programs.maskOf(template));
    setOf.set(key, number);
    return number;
  }

  const items = templates.map((template, order): Item => {
    const segments = parseTemplate(template.text);
    // Scores are unique, so that the order in which places are visited decides nothing: the earlier template wins a
    // tie.
    const weight = specificity(segments) + (template.isLast === true ? 0 : FIRST);
    const score = weight * templates.length + (templates.length - 1 - order);
    const isExplained = template.layer === "message" && explained.has(template.id);
    return {
      segments,
      next: 0,
      end: { template, order, segments, score, isExplained, writers: writersOf(template) },
    };
  });

  function anchor(group: readonly Item[]): TrieNode<Place> {
    const byLiteral = listsByKey(group, (item) => literalAt(item)?.text ?? "");
    const keys = [...byLiteral].map(([text, members]) => ({
      bytes: encodeUtf8(text),
      value: place(members.map((item) => (text === "" ? item : step(item)))),
    }));
    return buildTrie(keys);
  }

  function place(group: readonly Item[]): Place {
    const ends = group.filter((item) => item.next === item.segments.length).map((item) => item.end);
    const closed: ClosedStep[] = [];
    const open: Search[] = [];
    for (const members of listsByKey(group.filter(hasField), ruleKey).values()) {
      const field = members[0] === undefined ? null : fieldAt(members[0]);
      if (field === null) continue;
      const after = members.map(step);
      if (field.rule === "closed") closed.push({ type: field.type, next: anchor(after) });
      else open.push(search(field.rule === "word", after));
    }
    return { ends, closed, open };
  }

  function search(word: boolean, group: readonly Item[]): Search {
    const ends = group.filter((item) => item.next === item.segments.length).map((item) => item.end);
    const lasts = group.filter((item) => literalAt(item) !== null && item.next === item.segments.length - 1);
    const middles = group.filter((item) => literalAt(item) !== null && item.next < item.segments.length - 1);
    const tails = group.filter(hasField);
    const endings = listsByKey(lasts, (item) => literalAt(item)?.text ?? "");
    const byLiteral = listsByKey(middles, (item) => literalAt(item)?.text ?? "");
    const landings = [...byLiteral].map(([text, members]) => ({
      literal: encodeUtf8(text),
      place: place(members.map(step)),
    }));
    const tail = tails.length === 0 ? null : place(tails);
    const reversed = [...endings].map(([text, members]) => {
      const found = members.map((item) => item.end);
      return { bytes: encodeUtf8(text).reverse(), value: { ends: found } };
    });
    const ending = reversed.length === 0 ? null : buildTrie<Ending>(reversed);
    return { word, ends, endings: ending, landings, tail };
  }

  const depth = Math.max(0, ...items.map(({ segments }) => segments.filter(({ kind }) => kind === "field").length));
  const root = anchor(items);
  return { root, ends: items.map(({ end }) => end), programs, writers, depth };
}

/** More than the longest template says: what is meant for left-over lines never wins against another. */
const FIRST = 2 ** 14;

/** How much a template says about a line: mostly its literal bytes, a little the strictness of its fields. */
function specificity(segments: readonly Segment[]): number {
  let sum = 0;
  for (const segment of segments) {
    if (segment.kind === "literal") sum += segment.bytes.length * 8;
    else if (segment.type === "envelope" || segment.type === "delivery") sum += 64;
    else if (segment.rule === "closed") sum += 4;
    else if (segment.rule === "word") sum += 2;
  }
  return sum;
}

function literalAt(item: Item): { readonly text: string } | null {
  const segment = item.segments[item.next];
  return segment?.kind === "literal" ? segment : null;
}

function fieldAt(item: Item): FieldSegment | null {
  const segment = item.segments[item.next];
  return segment?.kind === "field" ? segment : null;
}

function hasField(item: Item): boolean {
  return fieldAt(item) !== null;
}

/** Fields that are read alike share their place, whatever their names. */
function ruleKey(item: Item): string {
  const field = fieldAt(item);
  return field === null ? "" : field.rule === "closed" ? field.type : field.rule;
}

function step(item: Item): Item {
  return { ...item, next: item.next + 1 };
}
