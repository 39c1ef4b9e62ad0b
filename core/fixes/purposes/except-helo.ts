import { baseName } from "../../model/paths.ts";
import type { RestrictionStep } from "../../model/restrictions.ts";
import { argument } from "../arguments.ts";
import { findRejectingRules } from "../find-rejecting-rule.ts";
import { currentName } from "../find-restriction.ts";
import type { AfterStep, FileEdit } from "../fix-offer.ts";
import { refusedHelo } from "../helo-name.ts";
import { insertException } from "../insert-exception.ts";
import { NO_SERVER_REASON } from "../lines-to-add.ts";
import { type FixRequest, type Proposal, withheld } from "../proposal.ts";
import { tableSteps } from "../table-steps.ts";

/** An exception for one HELO name above the rule that refused it; the rule stays for all others. */
export async function exceptHelo(request: FixRequest): Promise<readonly Proposal[]> {
  const helo = argument(request, "helo");
  const refused = refusedHelo(helo);
  if (helo === null || refused !== null) return withheld(refused ?? "");
  const { server } = request.context;
  if (server === null) return withheld(NO_SERVER_REASON);
  const found = await findRejectingRules(request, server, helo, argument(request, "reply"));
  if (!found.ok) return withheld(found.reason);

  const files: FileEdit[] = [];
  const details: string[] = [];
  const after: AfterStep[] = [];
  for (const { table, rule, behind } of found.rules) {
    // DUNNO passes on to the next restriction, OK ends the list: OK only where something behind would refuse the same name again.
    const action = behind.some((step) => refusesAgain(step, helo)) ? "OK" : "DUNNO";
    // A table with fixed keys is not read in order.
    const above = table.content.kind === "pattern" ? rule : null;
    const added = insertException(table, above, helo, action);
    if (!added.ok) return withheld(added.reason);
    files.push(added.file);
    details.push(`${added.line} above line ${rule.line} of ${baseName(table.name)}`);
    after.push(...tableSteps(table));
  }
  return [{ kind: "edit", files, detail: details.join("; "), after }];
}

function refusesAgain(step: RestrictionStep, helo: string): boolean {
  if (step.warnOnly) return false;
  const name = currentName(step.name);
  if (name === "reject_unknown_helo_hostname") return true;
  return name === "reject_non_fqdn_helo_hostname" && !helo.includes(".");
}
