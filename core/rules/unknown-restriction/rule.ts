import type { MailServer } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import type { PlacedWord } from "../../model/restrictions.ts";
import { hasSince, type PostfixVersion } from "../../reference/postfix-version.ts";
import { restrictionByName, restrictions } from "../../reference/restriction.ts";
import { textOf } from "../../text/span.ts";
import { editOffer } from "../edit-offer.ts";
import { nameInMessage } from "../name-in-message.ts";
import { onceEach } from "../once-each.ts";
import { printable } from "../postfix-words.ts";
import { onceEachRelease } from "../remember.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { problemAt, smtpdLists } from "../smtpd-lists.ts";
import { suggestFrom } from "../suggest.ts";

export const unknownRestriction: Rule = {
  id: "unknown-restriction",
  title: "A restriction that smtpd does not know",
  severity: "error",
  manualUrl: "https://www.postfix.org/postconf.5.html#smtpd_recipient_restrictions",
  check: (server, { postfixVersion }) => {
    const meantBy = suggestions(postfixVersion);
    return onceEach(
      smtpdLists(server).flatMap(({ steps }) =>
        steps.flatMap(({ name, kind, argument, word }) => {
          if (kind === "unknown" && argument !== null) return [];
          const since = kind === "unknown" ? null : sinceOf(name, postfixVersion);
          return kind === "unknown" || since !== null
            ? problemOf(server, word, since, since === null ? meantBy(word.text) : null)
            : [];
        }),
      ),
    );
  },
};

const suggestions = onceEachRelease((version) =>
  suggestFrom(restrictions.filter(({ name }) => sinceOf(name, version) === null).map(({ name }) => name)),
);

/** The release that introduced a restriction, if that is later than this one; else null. */
function sinceOf(name: string, version: PostfixVersion): string | null {
  const since = restrictionByName(name)?.since ?? null;
  return since !== null && !hasSince(version, since) ? since : null;
}

function problemOf(
  server: MailServer,
  word: PlacedWord,
  since: string | null,
  meant: string | null,
): readonly RuleProblem[] {
  const { owner, span, text } = word;
  if (owner === null || span === null) return [];
  const { file } = owner;
  const shown = nameInMessage(text);
  const fix = {
    id: "unknown-restriction/rename",
    title: `Write ${meant ?? ""} instead of ${shown} in ${baseName(file.path)}`,
    safety: "review",
    cost: "smtpd refused all mail at this place; now it goes on with that restriction.",
    reload: true,
  } as const;
  const canRename = meant !== null && textOf(file.text, span) === text;
  const why = since === null ? "is neither a restriction nor a restriction class" : `is known from Postfix ${since} on`;
  return problemAt(word, {
    message: `${shown} ${why}: smtpd answers every client that gets here with “Server configuration error”.${meant === null ? "" : ` Did you mean ${meant}?`}`,
    postfix: printable(`unknown smtpd restriction: "${text}"`, file.encoding),
    fixes: canRename ? [editOffer(server, fix, file, [{ span, newText: meant }])] : [],
  });
}
