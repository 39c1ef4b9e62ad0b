import { baseName } from "../../model/paths.ts";
import { commentOut } from "../../syntax/table/edit-table.ts";
import { argument } from "../arguments.ts";
import { editRejectingRules, type RuleEdit } from "../edit-rejecting-rules.ts";
import { REFUSAL_WORDS } from "../edit-words.ts";
import type { RejectingRule } from "../find-rejecting-rule.ts";
import { type FixRequest, type Proposal, withheld } from "../proposal.ts";

/** Comments out the rule that refused a HELO name, the whole of it. */
export async function disableRule(request: FixRequest): Promise<readonly Proposal[]> {
  const helo = argument(request, "helo");
  if (helo === null || helo === "") return withheld("The line does not say the HELO name.");
  return editRejectingRules(request, helo, commentedOut, "risky");
}

function commentedOut({ table, rule }: RejectingRule): RuleEdit {
  const { content } = table;
  const name = baseName(table.name);
  if (content.kind !== "pattern" && content.kind !== "indexed")
    return { ok: false, reason: `${name}: it is no text file of rules.` };
  const result = commentOut(content.tree, rule);
  if (!result.ok) return { ok: false, reason: `${name}: ${REFUSAL_WORDS[result.reason]}.` };
  return {
    ok: true,
    file: { file: content.file, edits: result.edits },
    detail: `line ${rule.line} of ${name} commented out`,
  };
}
