import { baseName } from "../../model/paths.ts";
import { editOffer } from "../edit-offer.ts";
import { knownParameter, namesOfRelease } from "../known-parameter.ts";
import { nameInMessage } from "../name-in-message.ts";
import { namesInUse } from "../names-in-use.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";
import { suggestFrom } from "../suggest.ts";

export const undefinedParameter: Rule = {
  id: "undefined-parameter",
  title: "A $name that nobody defines",
  severity: "warning",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server, { postfixVersion }) => {
    const names = namesInUse(server, postfixVersion);
    const own = server.main.tree.definitions.map(({ name }) => name);
    const meantBy = suggestFrom([...own, ...namesOfRelease(postfixVersion)]);
    return names.uses.flatMap(({ name, nameSpan, assignment: { file, service } }) => {
      if (names.isDefined(name, service) || knownParameter(server, name, postfixVersion) !== null) return [];
      const meant = meantBy(name);
      const shown = nameInMessage(name);
      const fix = {
        id: "undefined-parameter/rename",
        title: `Write ${nameInMessage(meant ?? "")} instead of ${shown} in ${baseName(file.path)}`,
        safety: "review",
        cost: "The name stood for nothing so far; now it stands for that parameter's value.",
        reload: true,
      } as const;
      return {
        file,
        span: nameSpan,
        message: `Nothing defines ${shown}, so it stands for an empty text.${meant === null ? "" : ` Did you mean ${nameInMessage(meant)}?`}`,
        postfix: printable(`undefined parameter: ${name}`, file.encoding),
        fixes: meant === null ? [] : [editOffer(server, fix, file, [{ span: nameSpan, newText: meant }])],
      };
    });
  },
};
