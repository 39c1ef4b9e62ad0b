import type { RestrictionStep } from "../../model/restrictions.ts";
import { restrictionArgument } from "../../syntax/value/restriction-list.ts";
import { nameInMessage } from "../name-in-message.ts";
import { onceEach } from "../once-each.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";
import { problemAt, smtpdLists } from "../smtpd-lists.ts";

export const missingRestrictionArgument: Rule = {
  id: "missing-restriction-argument",
  title: "A restriction without its argument",
  severity: "error",
  manualUrl: "https://www.postfix.org/postconf.5.html#smtpd_recipient_restrictions",
  check: (server) =>
    onceEach(
      smtpdLists(server).flatMap(({ steps }) =>
        steps.flatMap((step) => {
          const wrong = wrongArgument(step);
          if (wrong === null) return [];
          return problemAt(step.word, {
            message: `${nameInMessage(step.word.text)} must be followed by ${wrong.needs}.`,
            postfix: printable(wrong.words, step.word.owner?.file.encoding ?? "bytes"),
          });
        }),
      ),
    ),
};

/** What is missing and how smtpd says it; null where the argument will do. */
function wrongArgument({
  name,
  word: { text },
  argument,
}: RestrictionStep): { readonly needs: string; readonly words: string } | null {
  const hasColon = argument?.includes(":") === true || argument?.startsWith("{") === true;
  switch (restrictionArgument(name)) {
    case "table":
      if (hasColon) return null;
      return {
        needs: "a table, type:name",
        words: `restriction ${text}: bad argument "${argument ?? text}": need maptype:mapname`,
      };
    case "domain":
      if (argument !== null) return null;
      return { needs: "a domain name", words: `restriction ${text} requires domain name argument` };
    case "policy-server":
      if (hasColon) return null;
      return {
        needs: "a server, such as inet:127.0.0.1:7777 or unix:private/policy",
        words:
          argument === null
            ? `restriction ${text} must be followed by transport:server`
            : `need service transport:endpoint instead of "${argument}"`,
      };
    case "number":
      if (argument !== null && isDigits(argument)) return null;
      return { needs: "a number", words: `restriction ${text} must be followed by number` };
    default:
      return null;
  }
}

function isDigits(text: string): boolean {
  for (const character of text) if (character < "0" || character > "9") return false;
  return text !== "";
}
