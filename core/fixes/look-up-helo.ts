import { hostKeys } from "../model/lookup/access-keys.ts";
import { cidrRule } from "../model/lookup/cidr-lookup.ts";
import { foldKey } from "../model/lookup/fold-key.ts";
import { indexedEntry } from "../model/lookup/indexed-lookup.ts";
import { patternRule } from "../model/lookup/pattern-lookup.ts";
import type { LoadedTable, MailServer } from "../model/mail-server.ts";
import type { PatternMatcher } from "../model/pattern-matcher.ts";
import type { TableRule } from "../syntax/table/table-tree.ts";

/** The rule of a table that decides about a HELO name. `action` as written: `$1` is not filled in. */
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
  patternMatcher: PatternMatcher,
  skip: (action: string) => boolean = () => false,
): Promise<HeloAnswer> {
  const { content } = table;
  const keys = hostKeys({ server, service: null, patternMatcher, answerFor: () => null }, helo).map(({ key }) => key);
  switch (content.kind) {
    case "pattern": {
      const decision = await patternRule(content.tree, helo, patternMatcher, {
        passOver: ({ replacement }) => skip(replacement),
      });
      if (decision.kind === "none") return decision;
      const { rule } = decision;
      if (decision.kind === "undecided" && !decision.matched) return { kind: "unknown", rule };
      return { kind: "rule", rule, action: rule.replacement };
    }
    case "indexed":
      for (const key of keys) {
        const rule = indexedEntry(content.tree, key, { unicode: false, aliases: false });
        if (rule !== null) return { kind: "rule", rule, action: rule.value };
      }
      return { kind: "none" };
    case "inline":
      for (const key of keys) {
        const entry = content.entries.findLast((one) => foldKey(one.key, false) === foldKey(key, false));
        if (entry !== undefined) return { kind: "inline", key, action: entry.value };
      }
      return { kind: "none" };
    case "cidr": {
      const rule = cidrRule(content.tree, helo);
      return rule === null ? { kind: "none" } : { kind: "rule", rule, action: rule.value };
    }
    default:
      return { kind: "unknown", rule: null };
  }
}
