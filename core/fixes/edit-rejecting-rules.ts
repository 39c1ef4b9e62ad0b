import type { Safety } from "../catalogue/safety.ts";
import { argument } from "./arguments.ts";
import { findRejectingRules, type RejectingRule } from "./find-rejecting-rule.ts";
import type { AfterStep, FileEdit } from "./fix-offer.ts";
import { NO_SERVER_REASON } from "./lines-to-add.ts";
import { type FixRequest, type Proposal, withheld } from "./proposal.ts";

import { tableSteps } from "./table-steps.ts";

export type RuleEdit =
  | { readonly ok: true; readonly file: FileEdit; readonly detail: string }
  | { readonly ok: false; readonly reason: string };

/**
 * One proposal that edits every rule which refused a HELO name with the request's `reply`; withheld where there is none, or where one cannot be edited.
 * @param edit what to do to one of them; `detail` says it in a few words
 */
export async function editRejectingRules(
  request: FixRequest,
  helo: string,
  edit: (rejecting: RejectingRule) => RuleEdit,
  atLeast?: Safety,
): Promise<readonly Proposal[]> {
  const { server } = request.context;
  if (server === null) return withheld(NO_SERVER_REASON);
  const found = await findRejectingRules(request, server, helo, argument(request, "reply"));
  if (!found.ok) return withheld(found.reason);

  const files: FileEdit[] = [];
  const details: string[] = [];
  const after: AfterStep[] = [];
  for (const rejecting of found.rules) {
    const edited = edit(rejecting);
    if (!edited.ok) return withheld(edited.reason);
    files.push(edited.file);
    details.push(edited.detail);
    after.push(...tableSteps(rejecting.table));
  }
  return [{ kind: "edit", files, detail: details.join("; "), after, ...(atLeast === undefined ? {} : { atLeast }) }];
}
