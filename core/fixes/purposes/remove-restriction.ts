import { requiredArgument } from "../arguments.ts";
import { NO_SERVER_REASON } from "../lines-to-add.ts";
import { type FixRequest, type Proposal, withheld } from "../proposal.ts";
import { removeEverywhere } from "../remove-everywhere.ts";

/** Takes a restriction out of every list that names it. */
export function removeRestriction(request: FixRequest): readonly Proposal[] {
  const { server } = request.context;
  if (server === null) return withheld(NO_SERVER_REASON);
  const removed = removeEverywhere(server, requiredArgument(request, "restriction"));
  if (!removed.ok) return withheld(removed.reason);
  return [{ kind: "edit", files: removed.files, detail: `out of ${removed.places}`, after: [{ kind: "reload" }] }];
}
