import { requiredArgument } from "../arguments.ts";
import { placesOfWords, replaceWords } from "../edit-words.ts";
import { wordsNaming } from "../find-restriction.ts";
import { NO_SERVER_REASON } from "../lines-to-add.ts";
import { type FixRequest, type Proposal, withheld } from "../proposal.ts";

/** Puts another restriction in the place of one, wherever it is named. */
export function replaceRestriction(request: FixRequest): readonly Proposal[] {
  const { server } = request.context;
  if (server === null) return withheld(NO_SERVER_REASON);
  const from = requiredArgument(request, "from");
  const to = requiredArgument(request, "to");
  const words = wordsNaming(server, from);
  if (words.length === 0) return withheld(`${from} stands in no list of this configuration.`);
  const replaced = replaceWords(server, words, to);
  if (!replaced.ok) return withheld(replaced.reason);
  return [
    { kind: "edit", files: replaced.files, detail: `${to} in ${placesOfWords(words)}`, after: [{ kind: "reload" }] },
  ];
}
