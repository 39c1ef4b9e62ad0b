import type { System } from "../systems.ts";

/** What a match is for: `message` says which line a program printed, `entry` which catalogue entry explains it. */
export type Layer = "message" | "entry";

/** A template to compile. */
export interface Template {
  /** Several templates may share an id: other wordings of the same thing. */
  readonly id: string;
  /** In the notation of template.ts. */
  readonly text: string;
  readonly layer: Layer;
  /** Counts only where no other template of its layer fits, whatever their lengths. */
  readonly isLast?: true;
  /**
   * Whose message it is. A line that carries another system's tag, or a tag of no system, is not matched; absent: any
   * line.
   */
  readonly system?: System;
  /**
   * The daemons that print it; absent or empty: any. A line of another daemon is not matched, unless no template of the
   * system names that daemon (a service with a name of its own).
   */
  readonly programs?: readonly string[];
}
