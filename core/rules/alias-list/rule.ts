import { effectiveValue } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { servicesRunning } from "../../model/services.ts";
import { joinedText } from "../../syntax/lines/joined-text.ts";
import { splitList } from "../../syntax/value/list.ts";
import { lowerAscii } from "../../text/ascii.ts";
import { includeUses, targetsInLists } from "../include-uses.ts";
import { nameInMessage } from "../name-in-message.ts";
import { onceEach } from "../once-each.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";

export const aliasList: Rule = {
  id: "alias-list",
  title: "A list of an alias that local cannot use",
  severity: "error",
  manualUrl: "https://www.postfix.org/aliases.5.html",
  check: (server) => onceEach([...includes(server), ...restricted(server)]),
};

interface Said {
  readonly message: string;
  readonly words: string;
}

function includes(server: MailServer): readonly RuleProblem[] {
  return includeUses(server).flatMap(({ file, target, span }) => {
    const said = saysOf(server, target.text);
    return said === null ? [] : [{ file, span, message: said.message, postfix: printable(said.words, file.encoding) }];
  });
}

function saysOf(server: MailServer, path: string): Said | null {
  const name = nameInMessage(path);
  const bounces = "mail to this alias comes back with “mail system configuration error”";
  if (!path.startsWith("/")) {
    return {
      message: `The path of a list must begin with a slash, and ${name === "" ? "there is none here" : `${name} does not`}: ${bounces}.`,
      words: `:include:${path} uses a relative path`,
    };
  }
  switch (server.includes.get(path)) {
    case "missing":
      return server.isCopy
        ? null
        : {
            message: `The list ${name} does not exist: ${bounces}.`,
            words: `unable to lookup :include: file ${path}: No such file or directory`,
          };
    case "folder":
    case "special":
      return {
        message: `The list ${name} is no regular file: ${bounces}.`,
        words: `:include: file ${path} is not a regular file`,
      };
    default:
      return null;
  }
}

/** Commands and files in lists, which local(8) takes from aliases alone unless it is told otherwise. */
function restricted(server: MailServer): readonly RuleProblem[] {
  const allowed = {
    command: isAllowed(server, "allow_mail_to_commands"),
    file: isAllowed(server, "allow_mail_to_files"),
  };
  return targetsInLists(server).flatMap(({ file, target: { kind, text }, span }) => {
    if ((kind !== "command" && kind !== "file") || allowed[kind]) return [];
    const message = `${nameInMessage(text)} is a ${kind}, and in a list local delivers to addresses alone (allow_mail_to_${kind}s): its mail comes back.`;
    return [{ file, span, message, postfix: `mail to ${kind} is restricted` }];
  });
}

/** By all services that run local(8): where one may, no list is wrong for certain. */
function isAllowed(server: MailServer, parameter: string): boolean {
  const services = servicesRunning(server, "local");
  return (services.length === 0 ? [null] : services).some((service) => {
    const value = effectiveValue(server, parameter, service).expanded ?? "";
    return splitList(joinedText(value)).elements.some(({ text }) => lowerAscii(text) === "include");
  });
}
