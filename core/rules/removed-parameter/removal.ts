import type { Parameter } from "../../reference/parameter.ts";
import { hasSince, type PostfixVersion } from "../../reference/postfix-version.ts";

/** What postconf says in place of `unused parameter` for a name that the release had and lost; null where it says nothing special. */
export function removalOf(parameter: Parameter, version: PostfixVersion): string | null {
  const { deprecated, removedIn } = parameter;
  if (deprecated === null || deprecated.message === null || removedIn === null) return null;
  return hasSince(version, removedIn) && hasSince(version, deprecated.since) ? deprecated.message : null;
}
