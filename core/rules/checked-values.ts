import { lately } from "../memory/remember.ts";
import { expandIn, writtenText } from "../model/effective.ts";
import type { MailServer } from "../model/mail-server.ts";
import { type Parameter, type ParameterType, parameterByName } from "../reference/parameter.ts";
import type { PostfixVersion } from "../reference/postfix-version.ts";
import type { MasterService } from "../syntax/master-cf/parse-master-cf.ts";
import { macrosOf } from "../syntax/value/expand.ts";
import { macroReferences } from "../syntax/value/macro.ts";
import { type Assignment, assignments } from "./assignments.ts";
import { knownParameter } from "./known-parameter.ts";
import { oncePerRelease } from "./remember.ts";

/** A value that a program of this release reads, as it sees it. */
export interface CheckedValue extends Assignment {
  readonly parameter: Parameter;
  /** With every `$name` replaced. */
  readonly expanded: string;
}

/** The values of parameters of these types. Left out is what only the running program knows, such as the machine's own name. */
export function checkedValues(
  server: MailServer,
  version: PostfixVersion,
  types: readonly ParameterType[],
): readonly CheckedValue[] {
  return allChecked(server, version).filter(({ parameter }) => types.includes(parameter.type));
}

const allChecked = oncePerRelease((server: MailServer, version): readonly CheckedValue[] =>
  assignments(server).flatMap((assignment) => {
    const { name, service, value } = assignment;
    const parameter = knownParameter(server, name, version);
    if (parameter === null || parameter.class === "readonly") return [];
    if (service !== null && !isReadBy(service, parameter)) return [];
    if (value.includes("$") && dependsOnMachine(server, service, value)) return [];
    const expanded = parameter.type === "raw" ? value : expandIn(server, service, value);
    return expanded === null ? [] : [{ ...assignment, parameter, expanded }];
  }),
);

/** A program reads the parameters that begin with its name; of others this is not known, and nobody complains about what is not read. */
function isReadBy(service: MasterService, parameter: Parameter): boolean {
  return parameter.name.startsWith(`${service.command.replaceAll("-", "_")}_`);
}

/** The names a text refers to. */
const namesIn = lately((text): readonly string[] => macroReferences(macrosOf(text).nodes).map(({ name }) => name));

/** Whether a value leans on a default that Postfix computes when it starts, such as `myhostname`. */
function dependsOnMachine(server: MailServer, service: MasterService | null, value: string): boolean {
  const seen = new Set<string>();
  const open = [value];
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    for (const name of text.includes("$") ? namesIn(text) : []) {
      if (seen.has(name)) continue;
      seen.add(name);
      const next = writtenText(server, name, service) ?? server.defaultOf(name);
      if (next === null && parameterByName(name) !== null) return true;
      if (next !== null) open.push(next);
    }
  }
  return false;
}
