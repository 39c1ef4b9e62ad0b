import { accessEffect } from "../model/admission/access-action.ts";
import type { LoadedTable, MailServer } from "../model/mail-server.ts";
import { baseName } from "../model/paths.ts";
import { type RestrictionStep, restrictionWalks } from "../model/restrictions.ts";
import { servicesOfTag } from "../model/services.ts";
import type { TableRule } from "../syntax/table/table-tree.ts";
import { lookUpHelo } from "./look-up-helo.ts";
import type { FixRequest } from "./proposal.ts";

/** A rule of a HELO access table that wrote the reply of a line. */
export interface RejectingRule {
  readonly table: LoadedTable;
  readonly rule: TableRule;
  /** What the list still checks behind the table. */
  readonly behind: readonly RestrictionStep[];
}

export type RejectingRules =
  | { readonly ok: true; readonly rules: readonly RejectingRule[] }
  | { readonly ok: false; readonly reason: string };

/** Runs the HELO tables of the services that may have spoken, and finds the rules that refuse this name with this reply. */
export async function findRejectingRules(
  request: FixRequest,
  server: MailServer,
  helo: string,
  reply: string | null,
): Promise<RejectingRules> {
  const found = new Map<string, RejectingRule>();
  const notes = new Set<string>();
  for (const service of servicesOfTag(server, request.context.origin.program, "smtpd")) {
    for (const { steps } of restrictionWalks(server, service)) {
      for (const [index, step] of steps.entries()) {
        if (step.name !== "check_helo_access" || step.warnOnly) continue;
        const table = step.table === null ? undefined : server.tables.get(step.table);
        if (table === undefined) continue;
        const answer = await lookUpHelo(
          server,
          table,
          helo,
          request.context.patternMatcher,
          (action) => !saysReply(action, reply),
        );
        const name = baseName(table.name);
        if (answer.kind === "unknown") {
          const where = answer.rule === null ? table.spec : `line ${answer.rule.line} of ${name}`;
          notes.add(`whether ${where} rejected cannot be decided here`);
        } else if (answer.kind === "inline") {
          notes.add(`the rule stands in an inline table: ${step.argument ?? ""}`);
        } else if (answer.kind === "rule" && accessEffect(answer.action) !== "refuse") {
          notes.add(`line ${answer.rule.line} of ${name} does not refuse this name (any more)`);
        } else if (answer.kind === "rule" && !saysReply(answer.action, reply)) {
          notes.add(`line ${answer.rule.line} of ${name} refuses this name with another text than the log shows`);
        } else if (answer.kind === "rule") {
          const key = `${table.spec}:${answer.rule.index}`;
          const earlier = found.get(key)?.behind ?? [];
          found.set(key, { table, rule: answer.rule, behind: [...earlier, ...steps.slice(index + 1)] });
        }
      }
    }
  }
  if (found.size > 0) return { ok: true, rules: [...found.values()] };
  const reasons =
    notes.size === 0 ? "no HELO access table of this configuration matches this name" : [...notes].join("; ");
  return { ok: false, reason: `The rule that rejected was not found: ${reasons}.` };
}

/** Whether a right-hand side may have written this reply: the text up to its first `$`, which the match fills in. */
function saysReply(action: string, reply: string | null): boolean {
  if (reply === null) return true;
  const text = textOfAction(action);
  const dollar = text.indexOf("$");
  const fixed = (dollar === -1 ? text : text.slice(0, dollar)).trim();
  return dollar === -1 && fixed !== "" ? reply.trim() === fixed : reply.trim().startsWith(fixed);
}

/** Without the action word, or the reply code and the enhanced status code. */
function textOfAction(action: string): string {
  const words = action.trim().split(/[ \t]+/);
  const first = words[0] ?? "";
  const isCode = first.length === 3 && first >= "400" && first <= "599";
  const rest = words.slice(1);
  const second = rest[0] ?? "";
  const hasStatus = (isCode || first.toLowerCase() === "reject") && /^[245]\.\d{1,3}\.\d{1,3}$/.test(second);
  return (hasStatus ? rest.slice(1) : rest).join(" ");
}
