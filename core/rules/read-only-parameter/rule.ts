import { baseName } from "../../model/paths.ts";
import { parameterByName } from "../../reference/parameter.ts";
import { assignments } from "../assignments.ts";
import { commentOutDefinition } from "../comment-out.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";

export const readOnlyParameter: Rule = {
  id: "read-only-parameter",
  title: "A parameter that only Postfix itself sets",
  severity: "warning",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server) =>
    assignments(server).flatMap(({ file, service, name, nameSpan, value }) => {
      if (parameterByName(name)?.class !== "readonly") return [];
      const fix = {
        id: "read-only-parameter/comment-out",
        title: `Comment out ${name} in ${baseName(file.path)}, which has no effect`,
      };
      return {
        file,
        span: nameSpan,
        message: `Each program of Postfix sets ${name} itself: what stands here is overwritten.`,
        postfix: printable(`read-only parameter assignment: ${name}=${value}`, file.encoding),
        fixes: service === null ? commentOutDefinition(server, name, fix) : [],
      };
    }),
};
