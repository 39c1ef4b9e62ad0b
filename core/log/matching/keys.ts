import { addTo } from "../../collections/lists-by-key.ts";
import type { Segment } from "../template.ts";
import { createKeyChoice, type KeyChoice, type Keyed, startBytes } from "./key-choice.ts";
import { wordAt, wordsOf } from "./words.ts";

/**
 * The keys of templates, by which the machine finds out which of them a message may be an instance of (core/log/assembly/keys.ts). The key of a template is one
 * of its literals: a message that does not hold it is no instance. One that messages begin or end with is looked up by their first bytes, up to sixteen, or their last four. For others
 * every fourth byte is looked at: such a key is so long that one of four neighbouring words of it, each of four bytes, starts at such a byte.
 */
export interface Keys {
  /** The keys' bytes one after the other. */
  readonly bytes: Uint8Array;
  /**
   * The words of all keys, in a table with open addressing, whose length is a power of two: for each the word, and 1 + the place of its first user; 0 for a free
   * place.
   */
  readonly table: Int32Array;
  /**
   * The users of a word one after the other, each a key, in three numbers: its place in `list` times 4 and which of its words it is, with LAST added to a word's last;
   * how far from the word another word of the key stands; and that word. A message in which it does not stand there need not be held against the key.
   */
  readonly users: Int32Array;
  /**
   * Each key: where in `bytes` it starts, its length, where in it its words begin, its place (AT_START, AT_END, or 0: anywhere), where in `members` those begin
   * that have it, and where they stop.
   */
  readonly list: Int32Array;
  /** The ends of the keys, by their places in the order of the tree. */
  readonly members: Int32Array;
  /** What each member is: its set of writers times 8, and the sum of what it can be found as. */
  readonly kinds: Int32Array;
  /** The ends that begin with a queue id and a verb and have no other key, then those without any. */
  readonly verbs: Int32Array;
  readonly keyless: Int32Array;
}

const LAST = -0x8000_0000;

/** What a word is multiplied with to find its place. */
const MIX = 0x9e3779b1;
/** Words that a message begins or ends with are changed by these, so that they have places of their own. */
const START_MARK = 0x2545_f491;
const END_MARK = 0x6c07_8965;

/** A message, an entry, or a message whose lines an entry explains, which is a message too. */
const MESSAGE = 1;
const ENTRY = 2;
const HINT = 4;

/** The end of a template. */
export interface KeyedEnd extends Keyed {
  readonly isMessage: boolean;
  readonly isExplained: boolean;
  /** Its set of writers. */
  readonly writers: number;
}

export function chooseKeys(ends: readonly KeyedEnd[]): Keys {
  const choose = createKeyChoice(ends);
  const verbs: number[] = [];
  const keyless: number[] = [];
  const keys = new Map<string, { readonly choice: KeyChoice; readonly members: number[] }>();
  ends.forEach(({ segments }, member) => {
    const choice = choose(segments);
    if (choice === null) (beginsWithVerb(segments) ? verbs : keyless).push(member);
    else {
      const name = `${choice.place} ${choice.offset} ${choice.text}`;
      const known = keys.get(name);
      if (known === undefined) keys.set(name, { choice, members: [member] });
      else known.members.push(member);
    }
  });

  const bytes: number[] = [];
  const list: number[] = [];
  const members: number[] = [];
  const users = new Map<number, User[]>();
  for (const { choice, members: own } of keys.values()) {
    const at = list.length;
    keyWords(choice).forEach((word, index) => {
      addTo(users, word, { key: at * 4 + index, ...otherWord(choice, choice.offset + index) });
    });
    const { literal, offset, place } = choice;
    list.push(bytes.length, literal.length, offset, PLACES[place], members.length, members.length + own.length);
    for (const byte of literal) bytes.push(byte);
    members.push(...own);
  }
  return {
    bytes: Uint8Array.from(bytes),
    ...tabulate(users),
    list: Int32Array.from(list),
    members: Int32Array.from(members),
    kinds: Int32Array.from(members, (member) => kindOf(ends[member])),
    verbs: Int32Array.from(verbs),
    keyless: Int32Array.from(keyless),
  };
}

function kindOf(end: KeyedEnd | undefined): number {
  if (end === undefined) return 0;
  return end.writers * 8 + (end.isMessage ? MESSAGE : ENTRY) + (end.isExplained ? HINT : 0);
}

const PLACES: Readonly<Record<KeyChoice["place"], number>> = { anywhere: 0, start: 1, end: 2 };

function keyWords({ literal, offset, place }: KeyChoice): readonly number[] {
  if (place === "end") return [wordAt(literal, offset) ^ END_MARK];
  if (place === "anywhere") return wordsOf(literal).slice(offset, offset + 4);
  let start = START_MARK;
  for (let at = 0; at < startBytes(literal.length); at += 4) start = Math.imul(start, MIX) ^ wordAt(literal, at);
  return [start];
}

interface User {
  readonly key: number;
  /** How far from the word, in bytes. */
  readonly distance: number;
  readonly other: number;
}

/** Another word of a key than that at `at`: next to it where there is room, for they share no byte then. */
function otherWord({ literal, place }: KeyChoice, at: number): Omit<User, "key"> {
  const last = literal.length - 4;
  const behind = Math.min(at + (place === "start" ? startBytes(literal.length) : 4), last);
  const other = behind > at ? behind : Math.max(at - 4, 0);
  return { distance: other - at, other: wordAt(literal, other) };
}

/** `{queue_id}: {verb}: ` */
function beginsWithVerb([id, colon, verb, behind]: readonly Segment[]): boolean {
  return (
    id?.kind === "field" &&
    id.type === "queue_id" &&
    colon?.kind === "literal" &&
    colon.text === ": " &&
    verb?.kind === "field" &&
    verb.type === "verb" &&
    behind?.kind === "literal" &&
    behind.text.startsWith(": ")
  );
}

function tabulate(users: ReadonlyMap<number, readonly User[]>): Pick<Keys, "table" | "users"> {
  let places = 64;
  while (places < users.size * 2) places *= 2;
  // The highest bits of the product: its lowest are those of the word's first bytes.
  const shift = Math.clz32(places - 1);
  const table = new Int32Array(places * 2);
  const flat: number[] = [];
  for (const [word, list] of users) {
    let place = Math.imul(word, MIX) >>> shift;
    while (table[place * 2 + 1] !== 0) place = (place + 1) & (places - 1);
    table.set([word, 1 + flat.length], place * 2);
    list.forEach(({ key, distance, other }, index) => {
      flat.push(index === list.length - 1 ? key + LAST : key, distance, other);
    });
  }
  return { table, users: Int32Array.from(flat) };
}
