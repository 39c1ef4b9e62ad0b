import { effectiveValue } from "../../model/effective.ts";
import { isRestrictionList } from "../../model/restrictions.ts";
import { parameterByName } from "../../reference/parameter.ts";
import { trimAscii } from "../../text/ascii.ts";
import { assignments, referencesOf } from "../assignments.ts";
import { nameInMessage } from "../name-in-message.ts";
import type { Rule } from "../rule.ts";

export const emptyRestrictions: Rule = {
  id: "empty-restrictions",
  title: "A restriction list that turns out empty",
  severity: "information",
  manualUrl: "https://www.postfix.org/SMTPD_ACCESS_README.html",
  check: (server) =>
    assignments(server).flatMap((assignment) => {
      const { file, service, name } = assignment;
      if (!isRestrictionList(name)) return [];
      const references = referencesOf(assignment);
      const { expanded } = effectiveValue(server, name, service);
      if (references.length === 0 || expanded === null || trimAscii(expanded) !== "") return [];
      // A name that nobody defines has a finding of its own.
      return references
        .filter((one) => parameterByName(one.name) === null && effectiveValue(server, one.name, service).owner !== null)
        .map((one) => ({
          file,
          span: one.nameSpan,
          message: `${nameInMessage(one.name)} is empty, and so is ${name}: it refuses nothing and permits nothing.`,
        }));
    }),
};
