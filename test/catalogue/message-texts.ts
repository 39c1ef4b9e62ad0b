import type { WholeEntry } from "@postmaster/core/catalogue/entry.ts";
import { referenceMessages } from "../core/log/reference-messages.ts";

const byId = new Map(referenceMessages().map(({ id, text }) => [id, text]));

/** The texts of the messages an entry names. @throws Error for a message that does not exist */
export function messageTexts({ id, messages: ids }: WholeEntry): readonly string[] {
  return ids.map((message) => {
    const text = byId.get(message);
    if (text === undefined)
      throw new Error(`${id} names the message ${message}, which reference/messages does not have`);
    return text;
  });
}
