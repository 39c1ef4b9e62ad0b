import { baseName } from "../../model/paths.ts";
import type { RestrictionStep } from "../../model/restrictions.ts";
import { argument } from "../arguments.ts";
import { editRejectingRules, type RuleEdit } from "../edit-rejecting-rules.ts";
import type { RejectingRule } from "../find-rejecting-rule.ts";
import { currentName } from "../find-restriction.ts";
import { refusedHelo } from "../helo-name.ts";
import { insertException } from "../insert-exception.ts";
import { type FixRequest, type Proposal, withheld } from "../proposal.ts";

/** An exception for one HELO name above the rule that refused it; the rule stays for all others. */
export async function exceptHelo(request: FixRequest): Promise<readonly Proposal[]> {
  const helo = argument(request, "helo");
  const refused = refusedHelo(helo);
  if (helo === null || refused !== null) return withheld(refused ?? "");
  return editRejectingRules(request, helo, (rejecting) => excepted(rejecting, helo));
}

function excepted({ table, rule, behind }: RejectingRule, helo: string): RuleEdit {
  // DUNNO passes on to the next restriction, OK ends the list: OK only where something behind would refuse the same name again.
  const action = behind.some((step) => refusesAgain(step, helo)) ? "OK" : "DUNNO";
  // A table with fixed keys is not read in order.
  const above = table.content.kind === "pattern" ? rule : null;
  const added = insertException(table, above, helo, action);
  if (!added.ok) return added;
  const { file, line } = added;
  return { ok: true, file, detail: `${line} above line ${rule.line} of ${baseName(table.name)}` };
}

function refusesAgain(step: RestrictionStep, helo: string): boolean {
  if (step.warnOnly) return false;
  const name = currentName(step.name);
  if (name === "reject_unknown_helo_hostname") return true;
  return name === "reject_non_fqdn_helo_hostname" && !helo.includes(".");
}
