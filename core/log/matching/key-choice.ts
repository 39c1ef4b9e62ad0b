import { countLeading } from "../../collections/count-leading.ts";
import type { LiteralSegment, Segment } from "../template.ts";
import { encodeUtf8 } from "../utf8.ts";
import usualMessages from "./usual-messages.json" with { type: "json" };
import { wordsOf } from "./words.ts";

/** What is to be known of a template to choose its key. */
export interface Keyed {
  readonly segments: readonly Segment[];
  /** Its lines are nobody's problem, so there may be many of them. */
  readonly isOrdinary: boolean;
}

/** A literal as the key of a template. */
export interface KeyChoice {
  readonly text: string;
  readonly literal: Uint8Array;
  /** Where in a message it must stand for sure. */
  readonly place: "start" | "end" | "anywhere";
  /** Where in it its words begin. */
  readonly offset: number;
}

interface Priced extends KeyChoice {
  readonly price: number;
}

const WORD = 4;
/** So long that four neighbouring words have room. */
const SHORTEST_ANYWHERE = 2 * WORD - 1;

/** What it costs that an ordinary template holds the whole key, so that its lines hold it too; or one of its words. */
const HELD = 4096;
const WORD_HELD = 64;
/** That any other template holds a word. */
const WORD_SHARED = 1;
/** That a message holds it of the kinds that most lines of a log are (usual-messages.json), be it in a field. */
const USUAL = 4096;
/** A word at the start or the end of a message is looked up once a line: what it costs there, where it costs 1 among all words of the line. */
const ONCE = 1 / 16;

/**
 * Chooses keys that few lines hold and whose words few lines hold. Most lines are instances of ordinary templates, so what these hold is dear.
 * @returns what gives the key of a template, null where it has no literal that can be one
 */
export function createKeyChoice(all: readonly Keyed[]): (segments: readonly Segment[]) => KeyChoice | null {
  const ordinary = all.filter(({ isOrdinary }) => isOrdinary);
  const anywhere = rarestWords(createCounter(all));
  const starts = createPrefixCounter(ordinary.map(({ segments }) => literalOf(segments[0])?.text ?? ""));
  const endings = createPrefixCounter(ordinary.map(({ segments }) => reversed(literalOf(segments.at(-1))?.text ?? "")));

  return (segments) => {
    const choices: Priced[] = [];
    const first = literalOf(segments[0]);
    if (first !== null && first.bytes.length >= WORD) {
      const price =
        starts(first.text) * HELD + starts(first.text.slice(0, startBytes(first.bytes.length))) * WORD_HELD * ONCE;
      choices.push({ text: first.text, literal: first.bytes, place: "start", offset: 0, price });
    }
    const last = literalOf(segments.at(-1));
    if (last !== null && last.bytes.length >= WORD) {
      const text = reversed(last.text);
      const price = 1 + endings(text) * HELD + endings(text.slice(0, WORD)) * WORD_HELD * ONCE;
      choices.push({ text: last.text, literal: last.bytes, place: "end", offset: last.bytes.length - WORD, price });
    }
    for (const segment of segments) {
      const found = segment.kind === "literal" && segment.bytes.length >= SHORTEST_ANYWHERE ? anywhere(segment) : null;
      if (found !== null) choices.push(found);
    }
    let best: Priced | null = null;
    for (const choice of choices) if (best === null || choice.price < best.price) best = choice;
    return best;
  };
}

const LONGEST_START = 4 * WORD;

/** By how many of its first bytes a key is found that messages begin with: whole words. @param length bytes of the key */
export function startBytes(length: number): number {
  return Math.min(Math.floor(length / WORD) * WORD, LONGEST_START);
}

function literalOf(segment: Segment | undefined): LiteralSegment | null {
  return segment?.kind === "literal" ? segment : null;
}

function reversed(text: string): string {
  return Array.from(text).toReversed().join("");
}

/** The rarest four neighbouring words of literals that have as many. Many templates share one. */
function rarestWords(common: Counter): (literal: LiteralSegment) => Priced {
  const known = new Map<string, Priced>();

  function find({ text, bytes: literal }: LiteralSegment): Priced {
    const words = wordsOf(literal).map(common);
    let least = 0;
    let offset = 0;
    let held = Number.POSITIVE_INFINITY;
    let sum = 0;
    for (const [index, { ordinary, price }] of words.entries()) {
      // Who holds the literal holds each of its words.
      held = Math.min(held, ordinary);
      sum += price - (words[index - WORD]?.price ?? 0);
      if (index < WORD - 1 || (index >= WORD && sum >= least)) continue;
      least = sum;
      offset = index - (WORD - 1);
    }
    return { text, literal, place: "anywhere", offset, price: least + held * HELD };
  }

  return (literal) => {
    const found = known.get(literal.text) ?? find(literal);
    known.set(literal.text, found);
    return found;
  };
}

/** How many ordinary templates hold a word, and what it costs in a key. */
type Counter = (word: number) => { readonly ordinary: number; readonly price: number };

function createCounter(all: readonly Keyed[]): Counter {
  const counts = new Map<number, { ordinary: number; price: number }>();
  const add = (words: readonly number[], ordinary: number, price: number): void => {
    for (const word of new Set(words)) {
      const known = counts.get(word);
      if (known === undefined) counts.set(word, { ordinary, price });
      else {
        known.ordinary += ordinary;
        known.price += price;
      }
    }
  };
  for (const { segments, isOrdinary } of all) {
    const words = segments.flatMap((segment) => (segment.kind === "literal" ? wordsOf(segment.bytes) : []));
    add(words, isOrdinary ? 1 : 0, isOrdinary ? WORD_HELD : WORD_SHARED);
  }
  for (const message of usualMessages) add(wordsOf(encodeUtf8(message)), 1, USUAL);
  return (word) => counts.get(word) ?? NEVER;
}

const NEVER = { ordinary: 0, price: 0 };

/** How many of some texts begin with another. */
function createPrefixCounter(texts: readonly string[]): (prefix: string) => number {
  const sorted = texts.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0));

  /** How many texts stand before the first that is not `isBefore`. */
  function countBefore(isBefore: (text: string) => boolean): number {
    return countLeading(sorted.length, (index) => isBefore(sorted[index] ?? ""));
  }

  return (prefix) =>
    countBefore((text) => text < prefix || text.startsWith(prefix)) - countBefore((text) => text < prefix);
}
