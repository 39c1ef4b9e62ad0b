import { accessEffect } from "../../model/admission/access-action.ts";
import { restrictionWalks } from "../../model/restrictions.ts";
import type { PatternRule } from "../../syntax/table/parse-pattern-table.ts";
import { nameInMessage } from "../name-in-message.ts";
import { onceEach } from "../once-each.ts";
import type { Rule } from "../rule.ts";
import { smtpdServices } from "../smtpd-lists.ts";

/** What ties a pattern to one place of the text. */
const ANCHORS = ["^", "$", "\\A", "\\Z", "\\z", "\\b", "\\G", "\\<", "\\>", "@"];

export const unanchoredPattern: Rule = {
  id: "unanchored-pattern",
  title: "An OK for every name that a pattern occurs in",
  severity: "warning",
  manualUrl: "https://www.postfix.org/access.5.html",
  check: (server) =>
    onceEach(
      smtpdServices(server).flatMap((service) =>
        restrictionWalks(server, service).flatMap(({ steps }) =>
          steps.flatMap(({ table }) => {
            const content = table === null ? undefined : server.tables.get(table)?.content;
            if (content?.kind !== "pattern") return [];
            return content.tree.rules.filter(isLoose).map(({ pattern, patternSpan }) => ({
              file: content.file,
              span: patternSpan,
              message: `Neither end of ${nameInMessage(pattern)} is tied: this OK is also for longer names it occurs in, such as one that a stranger registers.`,
            }));
          }),
        ),
      ),
    ),
};

/** Names a host or domain, says OK, and stands for whatever comes before and behind it. A pattern without a letter is meant for everything. */
function isLoose({ kind, negated, enclosingIf, pattern, replacement }: PatternRule): boolean {
  if (kind !== "pattern" || negated || enclosingIf !== null || accessEffect(replacement) !== "permit") return false;
  return namesDomain(pattern) && !ANCHORS.some((anchor) => pattern.includes(anchor));
}

/** Two labels with a dot, `\.` or `.`, between them. */
function namesDomain(pattern: string): boolean {
  return pattern
    .split(".")
    .slice(1)
    .some((label, index) => {
      const before = pattern.split(".")[index] ?? "";
      return isLetter(label.charAt(0)) && (isLetter(before.at(-1) ?? "") || isLetter(before.at(-2) ?? ""));
    });
}

function isLetter(character: string): boolean {
  const small = character.toLowerCase();
  return small >= "a" && small <= "z";
}
