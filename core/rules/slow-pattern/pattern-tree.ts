import { isDigitCode } from "../../text/ascii.ts";
import { bracketEnd } from "../bracket-expression.ts";

/** How often the thing before may come; `max` null: as often as it likes. `possessive`: what it has taken it never gives back. */
interface Repeat {
  readonly min: number;
  readonly max: number | null;
  readonly possessive: boolean;
}

/** One thing of a sequence. */
export interface Item extends Repeat {
  /** `place`: an assertion such as `$`, which takes no text. `opaque`: what is not looked into. */
  readonly kind: "character" | "group" | "place" | "opaque";
  /** The alternatives of a group; empty for all else. */
  readonly alternatives: readonly (readonly Item[])[];
  /** Offsets in the pattern. */
  readonly from: number;
  readonly to: number;
}

const ONCE: Repeat = { min: 1, max: 1, possessive: false };
const DEEPEST = 50;
/** Of two numbers in braces: looking further for the end would cost the whole pattern each time. */
const LONGEST_PART = 32;

/** The top level of a Perl-compatible pattern; null for one that is not understood: remarks, recursion, verbs, deep nesting. */
export function patternTree(pattern: string): readonly (readonly Item[])[] | null {
  if (pattern.includes("\\Q") || pattern.includes("(*") || pattern.includes("(?R") || pattern.includes("(?#"))
    return null;
  const reader = new Reader(pattern);
  const alternatives = reader.alternatives(0);
  return alternatives === null || reader.at < pattern.length ? null : alternatives;
}

class Reader {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Up to the end or an unmatched `)`. */
  alternatives(depth: number): readonly (readonly Item[])[] | null {
    if (depth > DEEPEST) return null;
    const found: Item[][] = [[]];
    while (this.at < this.#text.length && this.#text.charAt(this.at) !== ")") {
      if (this.#text.charAt(this.at) === "|") {
        this.at += 1;
        found.push([]);
        continue;
      }
      const item = this.#item(depth);
      if (item === null) return null;
      found.at(-1)?.push(item);
    }
    return found;
  }

  #item(depth: number): Item | null {
    const from = this.at;
    const character = this.#text.charAt(from);
    let kind: Item["kind"] = "character";
    let inside: Item["alternatives"] = [];
    if (character === "(") {
      const group = this.#group(depth);
      if (group === null) return null;
      kind = group.kind;
      inside = group.inside;
    } else if (character === "[") {
      const end = bracketEnd(this.#text, from, true);
      if (end === null) return null;
      this.at = end + 1;
    } else if (character === "\\") {
      if ("bBAZzG".includes(this.#text.charAt(from + 1))) kind = "place";
      this.at += 2;
    } else {
      if (character === "^" || character === "$") kind = "place";
      this.at += 1;
    }
    const repeat = this.#repeat();
    return { kind, alternatives: inside, from, to: this.at, ...repeat };
  }

  /** A lookaround, an atomic group and a condition are not looked into: what they take they do not give back. */
  #group(depth: number): { readonly kind: Item["kind"]; readonly inside: Item["alternatives"] } | null {
    const rest = this.#text.slice(this.at, this.at + 4);
    const isPlain = !rest.startsWith("(?");
    const isNamed =
      rest.startsWith("(?P<") || rest.startsWith("(?'") || (rest.startsWith("(?<") && !"=!".includes(rest.charAt(3)));
    const isSilent = rest.startsWith("(?:");
    if (isPlain) this.at += 1;
    else if (isSilent) this.at += 3;
    else if (isNamed) {
      const close = this.#text.indexOf(rest.startsWith("(?'") ? "'" : ">", this.at + 3);
      if (close === -1) return null;
      this.at = close + 1;
    } else this.at += 2;
    const inside = this.alternatives(depth + 1);
    if (inside === null || this.#text.charAt(this.at) !== ")") return null;
    this.at += 1;
    return isPlain || isSilent || isNamed ? { kind: "group", inside } : { kind: "opaque", inside: [] };
  }

  #repeat(): Repeat {
    const bounds = this.#bounds();
    if (bounds === null) return ONCE;
    const mark = this.#text.charAt(this.at);
    if (mark === "?" || mark === "+") this.at += 1;
    return { ...bounds, possessive: mark === "+" };
  }

  #bounds(): { readonly min: number; readonly max: number | null } | null {
    const mark = this.#text.charAt(this.at);
    if (mark === "*" || mark === "+" || mark === "?") {
      this.at += 1;
      return { min: mark === "+" ? 1 : 0, max: mark === "?" ? 1 : null };
    }
    if (mark !== "{") return null;
    const length = this.#text.slice(this.at, this.at + LONGEST_PART).indexOf("}");
    const close = this.at + length;
    const [low = "", high] = length === -1 ? [""] : this.#text.slice(this.at + 1, close).split(",");
    // Anything else in braces is text.
    if (low === "" || !isNumber(low) || !isNumber(high ?? "")) return null;
    this.at = close + 1;
    return { min: Number(low), max: high === undefined ? Number(low) : high === "" ? null : Number(high) };
  }
}

function isNumber(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (!isDigitCode(text.charCodeAt(at))) return false;
  return true;
}
