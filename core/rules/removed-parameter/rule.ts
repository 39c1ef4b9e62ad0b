import { baseName } from "../../model/paths.ts";
import { parameterByName } from "../../reference/parameter.ts";
import { assignments } from "../assignments.ts";
import { commentOutDefinition } from "../comment-out.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";
import { removalOf } from "./removal.ts";

export const removedParameter: Rule = {
  id: "removed-parameter",
  title: "A parameter that this release of Postfix has lost",
  severity: "warning",
  manualUrl: "https://www.postfix.org/DEPRECATION_README.html",
  check: (server, { postfixVersion }) =>
    assignments(server).flatMap(({ file, service, name, nameSpan }) => {
      const parameter = parameterByName(name);
      const words = parameter === null ? null : removalOf(parameter, postfixVersion);
      if (words === null) return [];
      const shown = nameInMessage(name);
      const fix = {
        id: "removed-parameter/comment-out",
        title: `Comment out ${shown} in ${baseName(file.path)}, which has no effect`,
      };
      return {
        file,
        span: nameSpan,
        message: `${shown} is gone since Postfix ${parameter?.removedIn ?? ""}: it has no effect.`,
        postfix: printable(words, file.encoding),
        fixes: service === null ? commentOutDefinition(server, name, fix) : [],
      };
    }),
};
