import { nameInMessage } from "../name-in-message.ts";
import { onceEach } from "../once-each.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";
import { problemAt, smtpdLists } from "../smtpd-lists.ts";

export const unreachableRestriction: Rule = {
  id: "unreachable-restriction",
  title: "A restriction behind permit, reject or defer",
  severity: "warning",
  manualUrl: "https://www.postfix.org/SMTPD_ACCESS_README.html",
  check: (server) =>
    onceEach(
      smtpdLists(server).flatMap(({ end }) => {
        if (end === null || end.ignored === null) return [];
        const { ignored, step } = end;
        return problemAt(ignored, {
          message: `Nothing behind ${nameInMessage(step.word.text)} is looked at, so ${nameInMessage(ignored.text)} has no effect.`,
          postfix: printable(
            `restriction \`${ignored.text}' after \`${step.word.text}' is ignored`,
            ignored.owner?.file.encoding ?? "bytes",
          ),
        });
      }),
    ),
};
