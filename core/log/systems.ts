import neighbours from "../generated/neighbours.json" with { type: "json" };

/** A program beside Postfix that writes to the same log. Each is a file of `reference/messages/`. */
export type Neighbour = keyof typeof neighbours;

/** Which family of programs a line, a message or a catalogue entry belongs to. */
export type System = "postfix" | Neighbour;

/** What is known of a neighbour besides its messages. */
export interface NeighbourFacts {
  /** Its name for people. */
  readonly name: string;
  /**
   * The names it logs under, compared with the last part of a line's tag. One that ends in `*` stands for all that begin
   * so.
   */
  readonly tags: readonly string[];
}

const NEIGHBOURS: Readonly<Record<Neighbour, NeighbourFacts>> = neighbours;

/** All systems, Postfix first. */
export const SYSTEMS: readonly System[] = ["postfix", ...keysOf(NEIGHBOURS)];

/** A system's name for people. */
export function systemName(system: System): string {
  return system === "postfix" ? "Postfix" : NEIGHBOURS[system].name;
}

const wholeTags = new Map<string, Neighbour>();
const beginnings: { readonly text: string; readonly system: Neighbour }[] = [];
for (const system of keysOf(NEIGHBOURS)) {
  for (const tag of NEIGHBOURS[system].tags) {
    if (tag.endsWith("*")) beginnings.push({ text: tag.slice(0, -1), system });
    else wholeTags.set(tag, system);
  }
}

/** The neighbour that logs under a name; null if none does. */
export function neighbourOf(name: string): Neighbour | null {
  const whole = wholeTags.get(name);
  if (whole !== undefined) return whole;
  for (const { text, system } of beginnings) if (name.startsWith(text)) return system;
  return null;
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  const keys: Key[] = [];
  for (const key in record) keys.push(key);
  return keys;
}
