import type { EditOffer } from "../../fixes/fix-offer.ts";
import type { SourceFile } from "../../io/file-port.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import { type Parameter, parameterByName } from "../../reference/parameter.ts";
import type { PostfixVersion } from "../../reference/postfix-version.ts";
import { effectiveOverride, type MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import type { Span } from "../../text/span.ts";
import { type Assignment, assignments } from "../assignments.ts";
import { commentOutDefinition } from "../comment-out.ts";
import { editOffer } from "../edit-offer.ts";
import { knownParameter, namesOfRelease } from "../known-parameter.ts";
import { nameInMessage } from "../name-in-message.ts";
import { namesInUse } from "../names-in-use.ts";
import { printable } from "../postfix-words.ts";
import { onceEachRelease } from "../remember.ts";
import { removalOf } from "../removed-parameter/removal.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { suggestFrom } from "../suggest.ts";

export const unusedParameter: Rule = {
  id: "unused-parameter",
  title: "A parameter that Postfix does not know",
  severity: "warning",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server, { postfixVersion }) => {
    const names = namesInUse(server, postfixVersion);
    const meantBy = suggestions(postfixVersion);
    const problems: RuleProblem[] = [];
    for (const { file, service, name, nameSpan, value } of assignments(server)) {
      if (knownParameter(server, name, postfixVersion) !== null || names.isUsed(name, service)) continue;
      const parameter = parameterByName(name);
      // postconf has words of its own for names that it tells how to replace.
      if (parameter !== null && removalOf(parameter, postfixVersion) !== null) continue;
      const meant = parameter === null ? meantBy(name) : null;
      const already = meant === null ? null : whatSets(server, service, meant);
      problems.push({
        file,
        span: nameSpan,
        message: meant === null ? sentence(name, parameter, postfixVersion) : question(name, meant, already),
        postfix: printable(`unused parameter: ${name}=${value}`, file.encoding),
        fixes: meant === null ? [] : fixesOf(server, { file, service, name, nameSpan }, meant, already !== null),
      });
    }
    return problems;
  },
};

const suggestions = onceEachRelease((version) => suggestFrom(namesOfRelease(version)));

/** The place that sets a parameter beside the mistyped one, in words: what is set in main.cf may well be overridden in a service. */
function whatSets(server: MailServer, service: MasterService | null, name: string): string | null {
  if (service === null) return server.main.tree.definitions.some((one) => one.name === name) ? "main.cf" : null;
  return effectiveOverride(service, name) === null ? null : "this service";
}

function question(name: string, meant: string, already: string | null): string {
  const but = already === null ? "" : `, which ${already} sets already`;
  return `Postfix has no parameter ${nameInMessage(name)} and ignores it. Did you mean ${meant}${but}?`;
}

function sentence(name: string, parameter: Parameter | null, { major, minor }: PostfixVersion): string {
  const shown = nameInMessage(name);
  if (parameter === null)
    return `Postfix has no parameter ${shown} and ignores it; nothing refers to it as $${shown} either.`;
  if (parameter.template !== null) {
    return `${shown} is for a service “${nameInMessage(parameter.template.service)}”, which master.cf does not have, or not with a program that reads it: Postfix ignores it.`;
  }
  const backport = parameter.backportedTo.find((release) => release.startsWith(`${major}.${minor}.`)) ?? null;
  const also = backport === null ? "" : `, of ${major}.${minor} from ${backport} on`;
  return parameter.removedIn === null
    ? `${shown} is known from Postfix ${parameter.since ?? "1.1"} on${also}: this release ignores it.`
    : `${shown} is gone since Postfix ${parameter.removedIn}: this release ignores it.`;
}

function fixesOf(
  server: MailServer,
  { file, service, name, nameSpan }: Pick<Assignment, "file" | "service" | "name" | "nameSpan">,
  meant: string,
  isTaken: boolean,
): readonly EditOffer[] {
  if (!isTaken) return [rename(server, file, name, nameSpan, meant)];
  if (service !== null) return [];
  const fix = {
    id: "unused-parameter/comment-out",
    title: `Comment out ${nameInMessage(name)} in main.cf: ${meant} is set already`,
    cost: `If the value written here is the one you want, give it to ${meant} instead.`,
  };
  return commentOutDefinition(server, name, fix);
}

function rename(server: MailServer, file: SourceFile, name: string, at: Span, meant: string): EditOffer {
  const fix = {
    id: "unused-parameter/rename",
    title: `Write ${meant} instead of ${nameInMessage(name)} in ${baseName(file.path)}`,
    safety: "review",
    cost: "The value had no effect so far; now Postfix follows it.",
    reload: true,
  } as const;
  return editOffer(server, fix, file, [{ span: at, newText: meant }]);
}
