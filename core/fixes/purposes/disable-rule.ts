import { baseName } from "../../model/paths.ts";
import { commentOut } from "../../syntax/table/edit-table.ts";
import { argument } from "../arguments.ts";
import { REFUSAL_WORDS } from "../edit-words.ts";
import { findRejectingRules } from "../find-rejecting-rule.ts";
import type { AfterStep, FileEdit } from "../fix-offer.ts";
import { NO_SERVER_REASON } from "../lines-to-add.ts";
import { type FixRequest, type Proposal, withheld } from "../proposal.ts";
import { tableSteps } from "../table-steps.ts";

/** Comments out the rule that refused a HELO name, the whole of it. */
export async function disableRule(request: FixRequest): Promise<readonly Proposal[]> {
  const helo = argument(request, "helo");
  if (helo === null || helo === "") return withheld("The line does not say the HELO name.");
  const { server } = request.context;
  if (server === null) return withheld(NO_SERVER_REASON);
  const found = await findRejectingRules(request, server, helo, argument(request, "reply"));
  if (!found.ok) return withheld(found.reason);

  const files: FileEdit[] = [];
  const details: string[] = [];
  const after: AfterStep[] = [];
  for (const { table, rule } of found.rules) {
    const { content } = table;
    const tree = content.kind === "pattern" || content.kind === "indexed" ? content.tree : null;
    const result = tree === null ? null : commentOut(tree, rule);
    if (result === null || !result.ok || !("file" in content)) {
      return withheld(
        `${baseName(table.name)}: ${result === null || result.ok ? "it is no text file of rules" : REFUSAL_WORDS[result.reason]}.`,
      );
    }
    files.push({ file: content.file, edits: result.edits });
    details.push(`line ${rule.line} of ${baseName(table.name)} commented out`);
    after.push(...tableSteps(table));
  }
  return [{ kind: "edit", files, detail: details.join("; "), after, atLeast: "risky" }];
}
