/** What the page of a view and the extension say to each other. */

/** To the page. */
export type ToPage =
  /** Replaces what the view shows: safe HTML, made by the server. Sections with an id that say the same as before are left alone, with focus and open details. */
  | { readonly type: "content"; readonly html: string }
  /** Something takes a while; null: done. `part` is 0 to 1, null where nobody knows. */
  | { readonly type: "progress"; readonly progress: { readonly words: string; readonly part: number | null } | null };

/** From the page. */
export type FromPage =
  /** Loaded, or loaded again after it was hidden: it shows nothing yet. */
  | { readonly type: "ready" }
  /** Somebody chose an element with `data-action`; `argument` is its `data-argument`. Hostile: it may come from a log. */
  | { readonly type: "action"; readonly action: string; readonly argument: string };

/** What came from a page, if it is a message. */
export function readFromPage(message: unknown): FromPage | null {
  if (typeof message !== "object" || message === null || !("type" in message)) return null;
  if (message.type === "ready") return { type: "ready" };
  if (message.type !== "action" || !("action" in message) || !("argument" in message)) return null;
  const { action, argument } = message;
  return typeof action === "string" && typeof argument === "string" ? { type: "action", action, argument } : null;
}
