import { effectiveValue } from "../model/effective.ts";
import type { LoadedTable, MailServer } from "../model/mail-server.ts";
import type { PatternMatcher } from "../model/pattern-matcher.ts";
import type { TableRule } from "../syntax/table/table-tree.ts";

/** The rule of a table that decides about a HELO name. */
export type HeloAnswer =
  | { readonly kind: "rule"; readonly rule: TableRule; readonly action: string }
  | { readonly kind: "inline"; readonly key: string; readonly action: string }
  | { readonly kind: "none" }
  /** Nobody could tell: a database, or a pattern that the engine could not decide. `rule` is the first undecided one. */
  | { readonly kind: "unknown"; readonly rule: TableRule | null };

/**
 * Looks a HELO name up as check_helo_access does: whole name first, then its parent domains in tables with fixed keys.
 * `skip` passes over a pattern that cannot be the one looked for, when it is undecided.
 */
export async function lookUpHelo(
  server: MailServer,
  table: LoadedTable,
  helo: string,
  matcher: PatternMatcher,
  skip: (action: string) => boolean = () => false,
): Promise<HeloAnswer> {
  const { content } = table;
  switch (content.kind) {
    case "pattern": {
      /** Outcome of each `if` block by rule index. */
      const open = new Map<number, boolean>();
      for (const rule of content.tree.rules) {
        if (rule.enclosingIf !== null && open.get(rule.enclosingIf) !== true) {
          if (rule.kind === "if") open.set(rule.index, false);
          continue;
        }
        if (rule.kind !== "pattern" && rule.kind !== "if") continue;
        const answer = await matcher.match(content.tree.type, rule.pattern, rule.flags, helo);
        if (answer === "unknown") {
          if (rule.kind === "pattern" && skip(rule.replacement)) continue;
          return { kind: "unknown", rule };
        }
        const matches = (answer === "match") !== rule.negated;
        if (rule.kind === "if") open.set(rule.index, matches);
        else if (matches) return { kind: "rule", rule, action: rule.replacement };
      }
      return { kind: "none" };
    }
    case "indexed":
      for (const key of keysFor(server, helo)) {
        const rule = content.tree.rules.find((one) => one.key.toLowerCase() === key);
        if (rule !== undefined) return { kind: "rule", rule, action: rule.value };
      }
      return { kind: "none" };
    case "inline":
      for (const key of keysFor(server, helo)) {
        const entry = content.entries.find((one) => one.key.toLowerCase() === key);
        if (entry !== undefined) return { kind: "inline", key, action: entry.value };
      }
      return { kind: "none" };
    case "cidr":
      // A name is no address: networks never match it.
      return { kind: "none" };
    default:
      return { kind: "unknown", rule: null };
  }
}

/** access(5): the name, then its parents, written with a leading dot unless parent_domain_matches_subdomains covers access maps. */
function keysFor(server: MailServer, helo: string): readonly string[] {
  const lower = helo.toLowerCase();
  const covers = (effectiveValue(server, "parent_domain_matches_subdomains").expanded ?? "smtpd_access_maps").includes(
    "smtpd_access_maps",
  );
  const keys = [lower];
  for (let dot = lower.indexOf("."); dot !== -1; dot = lower.indexOf(".", dot + 1))
    keys.push(lower.slice(covers ? dot + 1 : dot));
  return keys;
}
