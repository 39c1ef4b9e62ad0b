import { lately } from "../../memory/remember.ts";
import { type Expanded, expand } from "./expand.ts";

/** One name that was looked up, and what it stood for. */
interface Read {
  readonly name: string;
  readonly raw: string | null;
}

/** An expansion, and what it rests on: the same answers make the same text. */
interface Remembered {
  readonly expanded: Expanded;
  readonly reads: readonly Read[];
}

/** The last expansion of each text. */
const notes = lately((_text): { last: Remembered | null } => ({ last: null }));

/** What rests on more names, or on a longer text, is expanded each time: it would be kept after the configuration it came from. */
const MOST_READS = 300;
const LONGEST = 10_000;

/**
 * What `expand` gives, without expanding again as long as every name that was looked up last time still has the same value: half a dozen rules ask for
 * the same values after each keystroke, and hardly any of them changes.
 * @param lookup as in `expand`; pure, and it hands out no pieces of whole files, which would be kept (see `oneText`)
 */
export function expandAgain(text: string, lookup: (name: string) => string | null): Expanded {
  if (!text.includes("$")) return expand(text, lookup);
  const note = notes(text);
  if (note.last?.reads.every(({ name, raw }) => lookup(name) === raw) === true) return note.last.expanded;
  const reads: Read[] = [];
  const expanded = expand(text, (name) => {
    const raw = lookup(name);
    if (reads.length <= MOST_READS) reads.push({ name, raw });
    return raw;
  });
  note.last = canBeKept(expanded, reads) ? { expanded, reads } : null;
  return expanded;
}

function canBeKept(expanded: Expanded, reads: readonly Read[]): boolean {
  if (!expanded.ok || expanded.text.length > LONGEST || reads.length > MOST_READS) return false;
  return reads.every(({ raw }) => raw === null || raw.length <= LONGEST);
}
