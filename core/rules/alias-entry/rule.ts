import type { SourceFile } from "../../io/file-port.ts";
import { oncePer } from "../../memory/remember.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { hasSince } from "../../reference/postfix-version.ts";
import { type AliasProblem, parseAliases } from "../../syntax/aliases/parse-aliases.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { aliasTables } from "../table-problems.ts";

export const aliasEntry: Rule = {
  id: "alias-entry",
  title: "A line of an alias file that postalias leaves out",
  severity: "warning",
  manualUrl: "https://www.postfix.org/aliases.5.html",
  check: (server, { postfixVersion }) => {
    const notLocal = hasSince(postfixVersion, SAYS_DOMAIN_SINCE)
      ? "name must be local and have no domain"
      : "name must be local";
    return aliasFiles(server).flatMap((file) =>
      aliasesOf(file).problems.map((problem) => toProblem(file, problem, notLocal)),
    );
  },
};

const SAYS_DOMAIN_SINCE = "3.10";

const aliasesOf = oncePer((file: SourceFile) => parseAliases(file.text));

function aliasFiles(server: MailServer): readonly SourceFile[] {
  const files = [...aliasTables(server)].flatMap((spec) => {
    const content = server.tables.get(spec)?.content;
    return content?.kind === "indexed" ? [content.file] : [];
  });
  return [...new Set(files)];
}

function toProblem(file: SourceFile, { kind, span, name }: AliasProblem, notLocal: string): RuleProblem {
  const { message, words } = saysOf(kind, name, notLocal);
  return { file, span, message, postfix: printable(words, file.encoding) };
}

function saysOf(
  kind: AliasProblem["kind"],
  name: string,
  notLocal: string,
): { readonly message: string; readonly words: string } {
  switch (kind) {
    case "no-pair":
      return {
        message: "An alias is “name: recipients”, one name to a line: postalias leaves this line out.",
        words: "need name:value pair",
      };
    case "not-local":
      return {
        message: `${nameInMessage(name)} has a domain, and aliases are for local users: postalias leaves this line out. Addresses with a domain belong into virtual_alias_maps.`,
        words: notLocal,
      };
    default:
      return {
        message: `${nameInMessage(name)} has an alias above already, and that one counts: postalias leaves this line out.`,
        words: `duplicate entry: "${name}"`,
      };
  }
}
