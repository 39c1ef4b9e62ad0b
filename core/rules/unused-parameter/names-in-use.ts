import type { MailServer } from "../../model/mail-server.ts";
import type { JoinedText } from "../../syntax/lines/joined-text.ts";
import { effectiveDefinition } from "../../syntax/main-cf/parse-main-cf.ts";
import { splitList } from "../../syntax/value/list.ts";
import { macroReferences, parseMacros } from "../../syntax/value/macro.ts";

/** Table types whose settings may stand in main.cf, under the table's name: `ldap:accounts` reads `accounts_server_host`. */
const TYPES_IN_MAIN_CF = ["ldap", "mysql", "pgsql", "sqlite", "memcache"];

/** Which names of the owner's own are put to use: as `$name` in a value, as a restriction class, as settings of a table. */
export function namesInUse(server: MailServer): (name: string) => boolean {
  const names = new Set<string>();
  const prefixes = new Set<string>();
  for (const value of values(server)) {
    for (const { name } of macroReferences(parseMacros(value).nodes)) names.add(name);
    for (const prefix of tableNames(value.text)) prefixes.add(`${prefix}_`);
  }
  const classes = effectiveDefinition(server.main.tree, "smtpd_restriction_classes");
  if (classes !== null) for (const { content } of splitList(classes.valueText).elements) names.add(content);
  return (name) => names.has(name) || hasPrefix(name, prefixes);
}

function* values(server: MailServer): Generator<JoinedText> {
  for (const { valueText } of server.main.tree.definitions) yield valueText;
  for (const service of server.master?.tree.services ?? []) {
    for (const { valueText } of service.overrides) yield valueText;
  }
}

/** The names in `ldap:name` where it is no path. */
function* tableNames(value: string): Generator<string> {
  for (const type of TYPES_IN_MAIN_CF) {
    for (let at = value.indexOf(`${type}:`); at !== -1; at = value.indexOf(`${type}:`, at + 1)) {
      const start = at + type.length + 1;
      let end = start;
      while (end < value.length && isNameCharacter(value.charAt(end))) end += 1;
      if (end > start && value.charAt(end) !== "/") yield value.slice(start, end);
    }
  }
}

function isNameCharacter(character: string): boolean {
  return (
    (character >= "a" && character <= "z") ||
    (character >= "A" && character <= "Z") ||
    (character >= "0" && character <= "9") ||
    character === "_" ||
    character === "-" ||
    character === "."
  );
}

function hasPrefix(name: string, prefixes: ReadonlySet<string>): boolean {
  for (const prefix of prefixes) if (name.startsWith(prefix)) return true;
  return false;
}
