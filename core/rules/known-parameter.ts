import { oncePer } from "../memory/remember.ts";
import type { MailServer } from "../model/mail-server.ts";
import { allParameters, type Parameter, parameterByName, removedParameters } from "../reference/parameter.ts";
import { isKnownIn } from "../reference/parameter-default.ts";
import type { PostfixVersion } from "../reference/postfix-version.ts";
import { onceEachRelease } from "./remember.ts";

/**
 * The parameter of a name if a program of this release reads it on this server; null for all other names. A name like
 * `relay_destination_concurrency_limit` counts if master.cf has a service of that name that runs a program which knows it; without a
 * master.cf nobody can tell, and it counts.
 */
export function knownParameter(server: MailServer, name: string, version: PostfixVersion): Parameter | null {
  const own = parametersOfRelease(version).get(name);
  if (own !== undefined) return own;
  const known = otherNames(server);
  const before = known.get(name);
  if (before !== undefined) return before;
  const parameter = perService(server, name);
  known.set(name, parameter);
  return parameter;
}

/** Every rule asks about the same names. */
const otherNames = oncePer((_server: MailServer) => new Map<string, Parameter | null>());

function perService(server: MailServer, name: string): Parameter | null {
  const parameter = parameterByName(name);
  if (parameter === null || parameter.template === null) return null;
  const { service, programs } = parameter.template;
  const isServed =
    server.master === null ||
    server.master.tree.services.some((one) => one.name === service && programs.includes(one.command));
  return isServed ? parameter : null;
}

const parametersOfRelease = onceEachRelease((version): ReadonlyMap<string, Parameter> => {
  const present = allParameters();
  const names = new Set(present.map(({ name }) => name));
  return new Map(
    [...removedParameters().filter(({ name }) => !names.has(name)), ...present]
      .filter((parameter) => parameter.template === null && isKnownIn(parameter, version))
      .map((parameter) => [parameter.name, parameter]),
  );
});

/** The names of the parameters that a release reads, those of single services left out. */
export const namesOfRelease = onceEachRelease((version): readonly string[] =>
  allParameters()
    .filter((parameter) => isKnownIn(parameter, version))
    .map(({ name }) => name),
);
