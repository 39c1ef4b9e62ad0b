import type { MailServer } from "../../model/mail-server.ts";
import { restrictionClasses } from "../../model/restrictions.ts";
import { parameterByName } from "../../reference/parameter.ts";
import { hasSince } from "../../reference/postfix-version.ts";
import { assignments } from "../assignments.ts";
import words from "../bad-word/words.json" with { type: "json" };
import { isList } from "../comment-in-list/rule.ts";
import { moveRemark, remarkSpan, remarkStart, SAID_SINCE, wordsOnRemark, wordWithMark } from "../inline-remark.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";

/** Texts in which a `#` may be meant: what a person or a shell reads, and sets of characters. */
const FREE_TEXT: ReadonlySet<string> = new Set([
  "banner",
  "character_set",
  "charset",
  "environment_list",
  "header_line",
  "reply_template",
  "reply_text",
  "shell_command",
]);
/** Each word of these is opened or looked up, and Postfix complains of the remark's words itself. */
const COMPLAINED_OF: ReadonlySet<string> = new Set(["maps", "maps_header_checks", "table", "restriction_list"]);

export const inlineComment: Rule = {
  id: "inline-comment",
  title: "A remark behind a value",
  severity: "warning",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server, { postfixVersion }) =>
    assignments(server).flatMap((assignment) => {
      const { file, service, name, value } = assignment;
      const isSaid = hasSince(postfixVersion, SAID_SINCE);
      const from = service !== null ? null : isSaid ? wordWithMark(value) : remarkStart(value);
      if (from === null || !(isSaid || isSilent(server, name))) return [];
      if (isList(server, name, postfixVersion)) return [];
      const shown = nameInMessage(name);
      return [
        {
          file,
          span: remarkSpan(assignment, from),
          ...(isSaid ? { postfix: printable(wordsOnRemark(value, from), file.encoding) } : {}),
          message: `main.cf knows remarks only on lines of their own: to Postfix this is part of the value of ${shown}.`,
          fixes: isElsewhereSilent(name)
            ? moveRemark(server, assignment, from, {
                id: "inline-comment/move",
                cost: `The value of ${shown} becomes what stands before the remark.`,
              })
            : [],
        },
      ];
    }),
};

/** Whether no program complains of the value with the remark, for which there are other rules, with the same fix. */
function isElsewhereSilent(name: string): boolean {
  const parameter = parameterByName(name);
  return parameter === null || parameter.type === "string" || parameter.type === "raw";
}

/** Whether Postfix takes the remark without a word: everywhere else another rule repeats what it says. */
function isSilent(server: MailServer, name: string): boolean {
  const parameter = parameterByName(name);
  if (parameter === null) return !restrictionClasses(server, null).has(name) && !name.endsWith("_restrictions");
  if (parameter.type !== "string" && parameter.type !== "raw") return false;
  const kind = parameter.kind ?? "";
  return !FREE_TEXT.has(kind) && !COMPLAINED_OF.has(kind) && !Object.hasOwn(words, name);
}
