import type { EditOffer } from "../../fixes/fix-offer.ts";
import { ownerOf } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { type Deprecation, parameterByName } from "../../reference/parameter.ts";
import { isKnownIn } from "../../reference/parameter-default.ts";
import { hasSince, type PostfixVersion } from "../../reference/postfix-version.ts";
import type { Definition } from "../../syntax/main-cf/parse-main-cf.ts";
import { span } from "../../text/span.ts";
import type { TextEdit } from "../../text/text-edit.ts";
import { type Assignment, assignments } from "../assignments.ts";
import { commentOutDefinition } from "../comment-out.ts";
import { editOffer } from "../edit-offer.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";
import { newSetting } from "./new-setting.ts";

export const deprecatedParameter: Rule = {
  id: "deprecated-parameter",
  title: "A parameter that Postfix will give up",
  severity: "warning",
  manualUrl: "https://www.postfix.org/DEPRECATION_README.html",
  check: (server, { postfixVersion }) =>
    assignments(server).flatMap((assignment) => {
      const { file, service, name, nameSpan } = assignment;
      const parameter = parameterByName(name);
      const deprecation = parameter?.deprecated ?? null;
      if (parameter === null || deprecation === null || !isKnownIn(parameter, postfixVersion)) return [];
      if (!hasSince(postfixVersion, deprecation.since)) return [];
      const instead = deprecation.replacement === null ? "leave it out" : `use ${deprecation.replacement}`;
      return {
        file,
        span: nameSpan,
        message: `${name} will go; ${instead}. Postfix says so since ${deprecation.since}.`,
        ...(deprecation.message === null ? {} : { postfix: printable(deprecation.message, file.encoding) }),
        fixes: service === null ? fixesOf(server, assignment, deprecation, postfixVersion) : [],
      };
    }),
};

function fixesOf(
  server: MailServer,
  { name, value }: Assignment,
  { replacement }: Deprecation,
  version: PostfixVersion,
): readonly EditOffer[] {
  const known = replacement === null ? null : parameterByName(replacement);
  if (replacement === null || known === null || !isKnownIn(known, version)) return [];
  if (ownerOf(server, replacement, null) !== null) {
    const title = `Comment out ${name} in main.cf: ${replacement} is set and wins`;
    return commentOutDefinition(server, name, { id: "deprecated-parameter/comment-out", title });
  }
  const setting = newSetting(server, name, value);
  if (setting === null) return [];
  const definitions = server.main.tree.definitions.filter((definition) => setting.replaces.includes(definition.name));
  const last = definitions.findLast((definition) => definition.name === name);
  if (last === undefined) return [];
  const edits = definitions.flatMap((definition) =>
    definition === last ? replaceWhole(definition, replacement, setting.value) : commentOut(definition),
  );
  const title = `Write ${replacement} = ${nameInMessage(setting.value)} instead of ${setting.replaces.join(", ")} in main.cf`;
  const fix = { id: "deprecated-parameter/replace", title, safety: setting.safety, cost: setting.cost, reload: true };
  return [editOffer(server, fix, server.main.file, edits)];
}

/** Where the value stays as it is, only the name is written anew: a long list keeps its lines. */
function replaceWhole(definition: Definition, name: string, value: string): readonly TextEdit[] {
  const rename = { span: definition.nameSpan, newText: name };
  return value === definition.value ? [rename] : [rename, { span: definition.valueSpan, newText: value }];
}

function commentOut({ logical }: Definition): readonly TextEdit[] {
  return logical.lines
    .filter(({ kind }) => kind === "text")
    .map((line) => ({ span: span(line.span.start, line.span.start), newText: "# " }));
}
