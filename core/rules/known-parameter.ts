import type { MailServer } from "../model/mail-server.ts";
import { type Parameter, parameterByName } from "../reference/parameter.ts";
import { isKnownIn } from "../reference/parameter-default.ts";
import type { PostfixVersion } from "../reference/postfix-version.ts";

/**
 * The parameter of a name if a program of this release reads it on this server; null for all other names. A name like
 * `relay_destination_concurrency_limit` counts if master.cf has a service of that name that runs a program which knows it; without a
 * master.cf nobody can tell, and it counts.
 */
export function knownParameter(server: MailServer, name: string, version: PostfixVersion): Parameter | null {
  const parameter = parameterByName(name);
  if (parameter === null) return null;
  if (parameter.template === null) return isKnownIn(parameter, version) ? parameter : null;
  const { service, programs } = parameter.template;
  const isServed =
    server.master === null ||
    server.master.tree.services.some((one) => one.name === service && programs.includes(one.command));
  return isServed ? parameter : null;
}
