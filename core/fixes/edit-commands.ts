import { STANDARD_DIRECTORIES } from "../model/configuration-paths.ts";
import type { MailServer } from "../model/mail-server.ts";
import { pathBelow } from "../model/paths.ts";
import { effectiveDefinition } from "../syntax/main-cf/parse-main-cf.ts";
import { effectiveOverride } from "../syntax/master-cf/parse-master-cf.ts";
import { shellQuote } from "../text/shell-quote.ts";
import type { ChangedFile, Evaluation } from "./evaluate-edits.ts";
import type { FixContext, OsFamily } from "./fix-context.ts";
import type { AfterStep } from "./fix-offer.ts";
import { patchCommand } from "./patch-command.ts";
import { restartCommand } from "./service-commands.ts";

/** The evaluated change as shell commands for the server itself, or none if a part of it cannot be said safely. */
export function editCommands(context: FixContext, evaluation: Evaluation): readonly string[] {
  const commands: string[] = [];
  for (const changed of evaluation.changed) {
    const made = commandsForFile(context, evaluation.after, changed);
    if (made === null) return [];
    commands.push(...made);
  }
  return commands;
}

export function afterCommands(
  after: readonly AfterStep[],
  server: MailServer | null,
  os: OsFamily | null,
): readonly string[] {
  return after.flatMap((step) => {
    switch (step.kind) {
      case "postmap":
      case "postalias": {
        const table = shellQuote(step.table);
        return table === null ? [] : [[step.kind, ...configOption(server), table].join(" ")];
      }
      case "reload":
        return [["postfix", ...configOption(server), "reload"].join(" ")];
      default:
        return [restartCommand(step.service, os)];
    }
  });
}

/** One `postconf -e` that gives a parameter a value, or null if it cannot be written in one line. */
export function postconfCommand(server: MailServer | null, name: string, value: string): string | null {
  const setting = shellQuote(`${name} = ${collapse(value)}`);
  return setting === null ? null : ["postconf", ...configOption(server), "-e", setting].join(" ");
}

function commandsForFile(
  context: FixContext,
  after: MailServer | null,
  changed: ChangedFile,
): readonly string[] | null {
  const { server } = context;
  if (server !== null && after !== null && changed.file.path === server.main.file.path)
    return mainCommands(server, after);
  if (server !== null && after !== null && changed.file.path === server.master?.file.path)
    return masterCommands(server, after);
  // The characters of a file that is not UTF-8 are bytes: a command would write them as UTF-8.
  if (changed.file.encoding === "bytes") return null;
  const table = tablePath(server, changed.file.path);
  const command = patchCommand(
    table ?? hostPath(context, changed.file.path),
    changed.file.text,
    changed.text,
    table === null ? 0 : 3,
  );
  return command === null ? null : [command];
}

function mainCommands(before: MailServer, after: MailServer): readonly string[] | null {
  const commands: string[] = [];
  for (const name of new Set(after.main.tree.definitions.map((definition) => definition.name))) {
    const value = effectiveDefinition(after.main.tree, name)?.value ?? "";
    if (effectiveDefinition(before.main.tree, name)?.value === value) continue;
    const command = postconfCommand(before, name, value);
    if (command === null) return null;
    commands.push(command);
  }
  return commands;
}

function masterCommands(before: MailServer, after: MailServer): readonly string[] | null {
  const commands: string[] = [];
  for (const service of after.master?.tree.services ?? []) {
    const earlier = before.master?.tree.services.find((one) => one.name === service.name && one.type === service.type);
    for (const { name } of service.overrides) {
      const value = effectiveOverride(service, name)?.value ?? "";
      if (earlier === undefined || effectiveOverride(earlier, name)?.value === value) continue;
      const setting = shellQuote(`${service.name}/${service.type}/${name}=${collapse(value)}`);
      if (setting === null) return null;
      const command = ["postconf", ...configOption(before), "-P", setting].join(" ");
      if (!commands.includes(command)) commands.push(command);
    }
  }
  return commands;
}

function configOption(server: MailServer | null): readonly string[] {
  if (server === null || server.isCopy || STANDARD_DIRECTORIES.includes(server.directory)) return [];
  const directory = shellQuote(server.directory);
  return directory === null ? [] : ["-c", directory];
}

/** What a table's file is called on the server, or null if it is none of its tables. */
function tablePath(server: MailServer | null, path: string): string | null {
  for (const table of server?.tables.values() ?? []) if (table.path === path) return table.name;
  return null;
}

/** What another program's file is called on the server. A copy is taken to come from the usual place. */
function hostPath(context: FixContext, path: string): string {
  if (["/etc", "/usr/local/etc", "/opt"].some((root) => pathBelow(root, path) !== null)) return path;
  if (path === context.iredapd?.path) return "/opt/iredapd/settings.py";
  const below = context.dovecot === null ? null : pathBelow(context.dovecot.directory, path);
  if (below === null) return path;
  return `${context.osFamily === "freebsd" ? "/usr/local/etc/dovecot" : "/etc/dovecot"}/${below}`;
}

/** A value of several lines in one. */
function collapse(value: string): string {
  return value
    .split(/[ \t\r\n]+/)
    .join(" ")
    .trim();
}
