import type { EditOffer } from "../../fixes/fix-offer.ts";
import type { SourceFile } from "../../io/file-port.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import { type Parameter, parameterByName, parameters } from "../../reference/parameter.ts";
import { isKnownIn } from "../../reference/parameter-default.ts";
import type { PostfixVersion } from "../../reference/postfix-version.ts";
import { didYouMean } from "../../text/did-you-mean.ts";
import type { Span } from "../../text/span.ts";
import { editOffer } from "../edit-offer.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { namesInUse } from "./names-in-use.ts";

export const unusedParameter: Rule = {
  id: "unused-parameter",
  title: "A parameter that Postfix does not know",
  severity: "warning",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server, { postfixVersion }) => {
    const inUse = namesInUse(server);
    const taken = new Set(server.main.tree.definitions.map(({ name }) => name));
    const problems: RuleProblem[] = [];
    for (const { file, name, nameSpan, value } of assignments(server)) {
      const parameter = parameterByName(name);
      if (inUse(name) || (parameter !== null && isRead(parameter, server, postfixVersion))) continue;
      const meant = parameter === null ? didYouMean(name, knownNames(postfixVersion)) : null;
      problems.push({
        file,
        span: nameSpan,
        message: sentence(name, parameter, meant),
        postfix: printable(`warning: ${file.path}: unused parameter: ${name}=${value}`, file.encoding),
        fixes: meant === null || taken.has(meant) ? [] : [rename(server, file, name, nameSpan, meant)],
      });
    }
    return problems;
  },
};

interface Assignment {
  readonly file: SourceFile;
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: string;
}

/** What sets a parameter: the last definition of each name in main.cf, and every `-o`. */
function* assignments(server: MailServer): Generator<Assignment> {
  const { definitions } = server.main.tree;
  const last = new Map(definitions.map((definition) => [definition.name, definition]));
  for (const { name, nameSpan, value } of last.values()) yield { file: server.main.file, name, nameSpan, value };
  if (server.master === null) return;
  for (const service of server.master.tree.services) {
    for (const { name, nameSpan, value } of service.overrides) {
      if (name !== "") yield { file: server.master.file, name, nameSpan, value };
    }
  }
}

/** A name like `relay_destination_concurrency_limit` counts if master.cf has that service; without a master.cf nobody can tell. */
function isRead(parameter: Parameter, server: MailServer, version: PostfixVersion | null): boolean {
  const { template } = parameter;
  if (template !== null) {
    return server.master === null || server.master.tree.services.some(({ name }) => name === template.service);
  }
  // postconf has words of its own for names that it tells how to replace.
  return parameter.deprecated !== null || parameter.class === "readonly" || isKnownIn(parameter, version);
}

function knownNames(version: PostfixVersion | null): readonly string[] {
  return parameters.filter((parameter) => isKnownIn(parameter, version)).map(({ name }) => name);
}

function sentence(name: string, parameter: Parameter | null, meant: string | null): string {
  const shown = nameInMessage(name);
  if (meant !== null) return `Postfix has no parameter ${shown} and ignores it. Did you mean ${meant}?`;
  if (parameter === null)
    return `Postfix has no parameter ${shown} and ignores it; nothing refers to it as $${shown} either.`;
  if (parameter.template !== null) {
    return `${shown} is for a service “${nameInMessage(parameter.template.service)}”, which master.cf does not have: Postfix ignores it.`;
  }
  return parameter.removedIn === null
    ? `${shown} is known from Postfix ${parameter.since ?? "1.1"} on: this release ignores it.`
    : `${shown} is gone since Postfix ${parameter.removedIn}: this release ignores it.`;
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
