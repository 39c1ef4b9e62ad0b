import type { MailServer } from "../model/mail-server.ts";
import { distinctWords, placesOfWords, removeWords, type WordEdits } from "./edit-words.ts";
import { stepsNaming } from "./find-restriction.ts";

/** A restriction taken out of every list, each with its argument and the `warn_if_reject` that would disarm its neighbour. */
export function removeEverywhere(server: MailServer, restriction: string): WordEdits & { readonly places: string } {
  const steps = stepsNaming(server, restriction);
  const words = distinctWords(steps.flatMap((step) => step.words));
  const places = placesOfWords(words);
  if (steps.length === 0)
    return { ok: false, places, reason: `${restriction} stands in no list of this configuration.` };
  return { ...removeWords(server, words), places };
}
