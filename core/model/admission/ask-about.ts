import type { Unknown } from "./outcome.ts";

/** How somebody who knows what a table says may tell it: for every key that smtpd looks up in turn. */
export function askAbout(table: string | null): Pick<Unknown, "ask" | "answers"> {
  if (table === null) return {};
  return { ask: table.startsWith("proxy:") ? table.slice("proxy:".length) : table, answers: ["none", "its value"] };
}
