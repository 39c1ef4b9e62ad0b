import { type Parameter, parameterByName } from "./parameter.ts";
import { compareVersions, hasSince, type PostfixVersion, parsePostfixVersion } from "./postfix-version.ts";

/**
 * The built-in default of a parameter in a release (without one: the newest), as written: `$name` and `${x?{y}:{z}}` are not expanded.
 * Null for a name the release does not have and for a default that Postfix computes at start, such as `myhostname`.
 */
export function defaultOf(name: string, version: PostfixVersion | null = null): string | null {
  const parameter = parameterByName(name);
  if (parameter === null || !isKnownIn(parameter, version)) return null;
  if (version === null || parameter.default === null) return parameter.default;
  let valid = parameter.defaultHistory[0]?.default ?? parameter.default;
  for (const at of parameter.defaultHistory) {
    const from = parsePostfixVersion(at.version);
    if (from !== null && compareVersions(version, from) >= 0) valid = at.default;
  }
  return valid;
}

/** Whether a release (without one: the newest) reads the parameter. */
export function isKnownIn(parameter: Parameter, version: PostfixVersion | null): boolean {
  const removed = parameter.removedIn === null ? null : parsePostfixVersion(parameter.removedIn);
  if (version === null) return removed === null;
  if (removed !== null && compareVersions(version, removed) >= 0) return false;
  return hasSince(version, parameter.since, parameter.backportedTo);
}
