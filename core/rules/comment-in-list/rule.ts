import type { EditOffer } from "../../fixes/fix-offer.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { hasSince, type PostfixVersion } from "../../reference/postfix-version.ts";
import { documentSpan } from "../../syntax/lines/joined-text.ts";
import { splitList } from "../../syntax/value/list.ts";
import { type Assignment, assignments } from "../assignments.ts";
import { editOffer } from "../edit-offer.ts";
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
          span: documentSpan(valueText, mark.from, valueText.text.length),
          message: `main.cf knows remarks only on lines of their own: to Postfix these words are further members of ${name}.`,
          postfix: printable(words, file.encoding),
          fixes: moveAbove(server, assignment, mark.from),
        },
      ];
    }),
};

function isList(server: MailServer, name: string, version: PostfixVersion): boolean {
  const parameter = knownParameter(server, name, version);
  if (parameter === null) return false;
  if (MATCH_LISTS.has(parameter.kind ?? "")) return true;
  return parameter.acceptsRestrictionList && hasSince(version, OTHER_WORDS_SINCE);
}

/** Only where the value is one line: of several it is not known where the remark ends. */
function moveAbove(server: MailServer, { file, service, valueText }: Assignment, from: number): readonly EditOffer[] {
  if (service !== null || valueText.pieces.length !== 1) return [];
  const remark = documentSpan(valueText, from, valueText.text.length);
  const definition = server.main.tree.definitions.find(
    ({ span }) => span.start < remark.start && remark.end <= span.end,
  );
  if (definition === undefined) return [];
  const before = valueText.text.slice(0, from);
  const start = remark.start - (before.length - before.trimEnd().length);
  const at = definition.span.start;
  const fix = {
    id: "comment-in-list/move",
    title: "Put the remark on a line of its own in main.cf",
    safety: "review",
    cost: "The words of the remark are no members of the list any more.",
    reload: true,
  } as const;
  const edits = [
    { span: { start: at, end: at }, newText: `${valueText.text.slice(from)}\n` },
    { span: { start, end: remark.end }, newText: "" },
  ];
  return [editOffer(server, fix, file, edits)];
}
