import type { MailServer } from "../model/mail-server.ts";
import type { PostfixVersion } from "../reference/postfix-version.ts";
import { tableConfigKey } from "../reference/table-type.ts";
import type { MasterService } from "../syntax/master-cf/parse-master-cf.ts";
import { splitList } from "../syntax/value/list.ts";
import { isAlnumCode } from "../text/ascii.ts";
import type { Span } from "../text/span.ts";
import { type Assignment, assignments, referencesOf } from "./assignments.ts";
import { knownParameter } from "./known-parameter.ts";
import { oncePerRelease } from "./remember.ts";

/** A use of a name, by `$name` or as a restriction class. */
export interface NameUse {
  readonly name: string;
  readonly nameSpan: Span;
  readonly assignment: Assignment;
}

/** Which names are defined and which are put to use, as postconf(1) counts it. Null stands for main.cf. */
export interface NamesInUse {
  /** In the order of the files. */
  readonly uses: readonly NameUse[];
  isUsed(name: string, service: MasterService | null): boolean;
  isDefined(name: string, service: MasterService | null): boolean;
}

/** Table types whose settings may stand in main.cf, under the table's name: `ldap:accounts` reads `accounts_server_host`. */
const TYPES_IN_MAIN_CF = ["ldap", "mysql", "pgsql", "sqlite", "memcache", "mongodb"];

const CLASSES = "smtpd_restriction_classes";

export const namesInUse = oncePerRelease((server: MailServer, version): NamesInUse => {
  const all = assignments(server);
  const uses = all.flatMap((assignment) => usesIn(server, assignment, version));
  const used = new Map<MasterService | null, Set<string>>();
  const usedAnywhere = new Set<string>();
  for (const { name, assignment } of uses) {
    usedAnywhere.add(name);
    setOf(used, assignment.service).add(name);
  }
  const defined = new Map<MasterService | null, Set<string>>();
  const definedAnywhere = new Set<string>();
  for (const { name, service } of all) {
    definedAnywhere.add(name);
    setOf(defined, service).add(name);
  }
  const isSomebodys = (name: string, service: MasterService | null): boolean =>
    service === null ? usedAnywhere.has(name) : setOf(used, null).has(name) || setOf(used, service).has(name);
  const isRead = ({ name, service }: Assignment): boolean =>
    knownParameter(server, name, version) !== null || isSomebodys(name, service);
  const mayNameTables = all.filter(({ value }) => value.includes(":"));
  const tables = mayNameTables.filter(isRead).flatMap(({ value }) => [...tableNames(value)]);
  return {
    uses,
    isUsed: (name, service) => isSomebodys(name, service) || tables.some((table) => isSettingOf(name, table)),
    // A value of main.cf may count on a name that only a service defines.
    isDefined: (name, service) =>
      service === null
        ? definedAnywhere.has(name)
        : setOf(defined, null).has(name) || setOf(defined, service).has(name),
  };
});

function setOf(sets: Map<MasterService | null, Set<string>>, service: MasterService | null): Set<string> {
  const set = sets.get(service) ?? new Set<string>();
  sets.set(service, set);
  return set;
}

/** A raw value is expanded by the program at each use, with names of its own beside the parameters. */
function usesIn(server: MailServer, assignment: Assignment, version: PostfixVersion): readonly NameUse[] {
  if (knownParameter(server, assignment.name, version)?.type === "raw") return [];
  const uses = referencesOf(assignment).map((reference) => ({ ...reference, assignment }));
  if (assignment.name !== CLASSES) return uses;
  const classes = splitList(assignment.valueText).elements.filter(({ text }) => !text.includes("$"));
  return [...uses, ...classes.map(({ text, span }) => ({ name: text, nameSpan: span, assignment }))];
}

interface NamedTable {
  readonly type: string;
  readonly name: string;
}

/** The tables in `ldap:name` where it is no path. */
function* tableNames(value: string): Generator<NamedTable> {
  for (const type of TYPES_IN_MAIN_CF) {
    for (let at = value.indexOf(`${type}:`); at !== -1; at = value.indexOf(`${type}:`, at + 1)) {
      const start = at + type.length + 1;
      let end = start;
      while (end < value.length && isNameCharacter(value, end)) end += 1;
      if (end > start && value.charAt(end) !== "/") yield { type, name: value.slice(start, end) };
    }
  }
}

function isSettingOf(name: string, table: NamedTable): boolean {
  const prefix = `${table.name}_`;
  return name.startsWith(prefix) && tableConfigKey(table.type, name.slice(prefix.length)) !== null;
}

function isNameCharacter(text: string, at: number): boolean {
  return isAlnumCode(text.charCodeAt(at)) || "_-.".includes(text.charAt(at));
}
