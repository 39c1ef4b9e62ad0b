import { oncePer } from "../memory/remember.ts";
import type { TableContent } from "../model/mail-server.ts";

/** A table that was read. */
export type ReadContent = Extract<TableContent, { kind: "indexed" | "pattern" | "cidr" }>;

export function isRead(content: TableContent): content is ReadContent {
  return content.kind === "indexed" || content.kind === "pattern" || content.kind === "cidr";
}

/**
 * Remembers what was worked out of a table by its tree: its content is put together anew at each keystroke in the configuration, and its tree is not. The answer
 * may hold places in the file, and not the file.
 */
export function oncePerTree<Answer>(workOut: (content: ReadContent) => Answer): (content: ReadContent) => Answer {
  const noted = oncePer((_tree: object): { known: { readonly answer: Answer } | null } => ({ known: null }));
  return (content) => {
    const note = noted(content.tree);
    note.known ??= { answer: workOut(content) };
    return note.known.answer;
  };
}
