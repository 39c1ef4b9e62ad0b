import type { MailServer } from "../../model/mail-server.ts";
import { targetsInLists } from "../include-uses.ts";
import { nameInMessage } from "../name-in-message.ts";
import type { Rule } from "../rule.ts";

export const circularList: Rule = {
  id: "circular-list",
  title: "A list of an alias that includes itself",
  severity: "information",
  manualUrl: "https://www.postfix.org/aliases.5.html",
  check(server) {
    const included = includesByList(server);
    return targetsInLists(server).flatMap(({ file, target, span }) => {
      if (target.kind !== "include" || !leadsBack(target.text, file.path, included, server)) return [];
      const message = `${nameInMessage(target.text)} leads back to this list: local reads each list once, and says nothing.`;
      return [{ file, span, message }];
    });
  },
};

/** By the path of a list on this machine: the lists that it includes, as it names them. */
function includesByList(server: MailServer): ReadonlyMap<string, readonly string[]> {
  const included = new Map<string, string[]>();
  for (const { file, target } of targetsInLists(server)) {
    if (target.kind !== "include") continue;
    const names = included.get(file.path) ?? [];
    names.push(target.text);
    included.set(file.path, names);
  }
  return included;
}

/** Whether a list that is named is the one at `path`, or includes it, be it by way of others. */
function leadsBack(
  named: string,
  path: string,
  included: ReadonlyMap<string, readonly string[]>,
  server: MailServer,
): boolean {
  const seen = new Set<string>();
  const left = [named];
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    const list = server.includes.get(name);
    if (list === undefined || typeof list === "string" || seen.has(list.path)) continue;
    if (list.path === path) return true;
    seen.add(list.path);
    left.push(...(included.get(list.path) ?? []));
  }
  return false;
}
