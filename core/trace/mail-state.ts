import type { MailFacts } from "./mail-facts.ts";

/** How a mail stands when the logs end, as far as they tell. `gone`: out of the queue; `open`: no line says. */
export type MailState = "refused" | "discarded" | "held" | "requeued" | "gone" | "waiting" | "open";

/** States in words. */
export const STATE_WORDS: Readonly<Record<MailState, string>> = {
  refused: "refused before it was queued",
  discarded: "thrown away by a rule of this server, and the client told that all is well",
  held: "on hold until somebody releases it",
  requeued: "queued anew by hand, under another id",
  gone: "gone from the queue",
  waiting: "in the queue when the logs end, as far as they tell",
  open: "its end is not in these logs",
};

export function mailState({ isRefused, isDiscarded, isHeld, isRemoved, isRequeued, recipients }: MailFacts): MailState {
  if (isRefused) return "refused";
  if (isDiscarded) return "discarded";
  if (isRequeued) return "requeued";
  if (isRemoved) return "gone";
  if (isHeld) return "held";
  return recipients.some(({ outcome }) => outcome === "deferred") ? "waiting" : "open";
}
