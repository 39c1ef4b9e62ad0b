import type { LogLevel } from "../log/log-line.ts";
import type { System } from "../log/systems.ts";
import type { Because } from "./because.ts";
import type { Safety } from "./safety.ts";

/** Whose doing a problem is. `nobody`: it resolves itself, wait. */
export const FAULTS = ["you", "them", "client", "network", "nobody"] as const;
export type Fault = (typeof FAULTS)[number];

export const SEVERITIES = ["error", "warning", "information", "hint"] as const;
export type EntrySeverity = (typeof SEVERITIES)[number];

/** What is said of a line that an entry explains, and what can be done about it. */
export interface CatalogueEntry {
  /** Equal to the file name without `.md`. */
  readonly id: string;
  /** The program that speaks. */
  readonly system: System;
  /** On whose lines it is heard: what a policy server or a milter answers, Postfix writes down. */
  readonly loggedBy: System;
  readonly daemon: string;
  readonly title: string;
  readonly severity: EntrySeverity;
  readonly fault: Fault;
  readonly parameters: readonly string[];
  readonly fixes: readonly FixDeclaration[];
  /** What earlier lines explain this entry's lines; the first that finds one decides. Empty where the line is a cause itself. */
  readonly because: readonly Because[];
  readonly sections: EntrySections;
  /** Links of the "See also" section, in its order. */
  readonly links: readonly EntryLink[];
  readonly evidence: Evidence;
}

/** A file of a catalogue entry, compiled: what its lines are recognised by as well. A build ships that as compiled templates. */
export interface WholeEntry extends CatalogueEntry {
  /** Templates in the notation of `log/template.ts`; any of them makes the line this entry's. */
  readonly match: readonly string[];
  /** The same for lines that no `match` of any entry fits: the other side's own words, whatever they are. */
  readonly otherwise: readonly string[];
  /** The daemons on whose lines these count; empty: all of the system. */
  readonly programs: readonly string[];
  /** Ids of messages in `reference/messages` that this entry explains where no template of any entry fits the line. */
  readonly messages: readonly string[];
  /** Explains every message that is printed at this level only and that no entry names; null for all entries but one. */
  readonly level: LogLevel | null;
  readonly examples: EntryExamples;
}

/**
 * What stands behind an entry. `reproduced`: a server of this release wrote such a line in our runs (test/proof, test/postfix/situations), which
 * hold the entry to it; `with-stand-in`: the same, but a small server of ours gave the answer of the program that speaks. `documented`: we have
 * it from this source alone.
 */
export interface Evidence {
  readonly kind: "reproduced" | "with-stand-in" | "documented";
  /** A program with its release, or a page's title. */
  readonly source: string;
}

/** Markdown with `{field}` and `{field|words for a line without it}` places, filled (and escaped) from the line the entry explains. */
export interface EntrySections {
  readonly meaning: string;
  readonly causes: string;
  readonly remedies: string;
}

export interface EntryLink {
  readonly title: string;
  readonly url: string;
}

export interface EntryExamples {
  readonly match: readonly string[];
  readonly noMatch: readonly string[];
}

/** A fix as an entry declares it: a purpose and its arguments. The engine finds file, place and syntax. */
export interface FixDeclaration {
  /** Unique in its entry. */
  readonly id: string;
  /** May hold `{field}` places. */
  readonly title: string;
  /** Names a purpose in `fixes/purposes/`. */
  readonly purpose: string;
  /** Arguments of the purpose; strings may hold `{field}` places. */
  readonly with: Readonly<Record<string, string | number | boolean>>;
  /** The least safety the author grants; the computed one may be worse, never better. */
  readonly atLeast: Safety;
  /** What applying it costs, for people. May be empty for a safe fix only. */
  readonly cost: string;
}
