import type { Span } from "./span.ts";
import type { TextEdit } from "./text-edit.ts";

/**
 * Why an edit was refused. Refusing is the safe answer: nothing is written.
 * `unsafe-text`: the new text cannot be expressed in this file without meaning something else there.
 * `not-found`: what should change is not there. `not-understood`: the file is written in a way we do not understand well enough.
 */
export type EditRefusal = "unsafe-text" | "not-found" | "not-understood";

/** Edits to apply to the text the tree was parsed from, or the reason there are none. No edits: it is already so. */
export type EditResult =
  | { readonly ok: true; readonly edits: readonly TextEdit[] }
  | { readonly ok: false; readonly reason: EditRefusal; readonly span: Span | null };

export function edited(...edits: readonly TextEdit[]): EditResult {
  return { ok: true, edits };
}

export function refused(reason: EditRefusal, at: Span | null = null): EditResult {
  return { ok: false, reason, span: at };
}
