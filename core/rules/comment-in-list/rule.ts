import type { MailServer } from "../../model/mail-server.ts";
import { hasSince, type PostfixVersion } from "../../reference/postfix-version.ts";
import { splitList } from "../../syntax/value/list.ts";
import { assignments } from "../assignments.ts";
import { moveRemark, remarkSpan } from "../inline-remark.ts";
import { knownParameter } from "../known-parameter.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";

/** Lists that match(5) reads. */
const MATCH_LISTS: ReadonlySet<string> = new Set([
  "address_match_list",
  "domain_list",
  "string_match_list",
  "user_match_list",
]);
/** From this release on Postfix says it of restriction lists too, in other words. */
const OTHER_WORDS_SINCE = "3.8";
const LONGEST = 20;
const FIX = {
  id: "comment-in-list/move",
  cost: "The words of the remark are no members of the list any more.",
};

export const commentInList: Rule = {
  id: "comment-in-list",
  title: "A remark behind the words of a list",
  severity: "warning",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server, { postfixVersion }) =>
    assignments(server).flatMap((assignment) => {
      const { file, name, valueText } = assignment;
      if (!isList(server, name, postfixVersion)) return [];
      const [first, ...rest] = splitList(valueText).elements;
      const mark = rest.find(({ text }) => text.startsWith("#"));
      if (first === undefined || first.text.startsWith("#") || mark === undefined) return [];
      const behind = valueText.text.slice(mark.to).trimStart();
      const words = hasSince(postfixVersion, OTHER_WORDS_SINCE)
        ? `#comment after other text is not allowed: ${mark.text} ${behind.slice(0, LONGEST)}...`
        : `${name}: comment at end of line is not supported: ${mark.text} ${behind}`;
      return [
        {
          file,
          span: remarkSpan(assignment, mark.from),
          message: `main.cf knows remarks only on lines of their own: to Postfix these words are further members of ${name}.`,
          postfix: printable(words, file.encoding),
          fixes: moveRemark(server, assignment, mark.from, FIX),
        },
      ];
    }),
};

/** Whether Postfix complains of a remark in the list itself, in this release. */
export function isList(server: MailServer, name: string, version: PostfixVersion): boolean {
  const parameter = knownParameter(server, name, version);
  if (parameter === null) return false;
  if (MATCH_LISTS.has(parameter.kind ?? "")) return true;
  return parameter.acceptsRestrictionList && hasSince(version, OTHER_WORDS_SINCE);
}
