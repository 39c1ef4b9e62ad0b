import { hasSince } from "../../reference/postfix-version.ts";
import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { masterProblems } from "../master-problems.ts";
import { nameInMessage } from "../name-in-message.ts";
import { printable } from "../postfix-words.ts";
import type { Rule } from "../rule.ts";

const WARNS_SINCE = "3.4";

export const duplicateService: Rule = {
  id: "duplicate-service",
  title: "A service of master.cf defined twice",
  severity: "warning",
  manualUrl: "https://www.postfix.org/master.5.html",
  check: (server, { postfixVersion }) =>
    masterProblems(server, ["duplicate-service"]).map(({ file, problem, service }) => {
      const endpoint = service === null ? null : endpointOf(service);
      const warns = hasSince(postfixVersion, WARNS_SINCE);
      return {
        file,
        span: problem.span,
        message: `${service === null ? "This service" : `${nameInMessage(service.name)} ${nameInMessage(service.type)}`} is defined more than once: the last entry counts, the options of the others have no effect.`,
        ...(service === null || endpoint === null || !warns
          ? {}
          : {
              postfix: printable(
                `duplicate master.cf entry for service "${service.name}" (${endpoint}) -- using the last entry`,
                file.encoding,
              ),
            }),
      };
    }),
};

/** Where a local service listens, as master(8) names it. What it calls an inet endpoint depends on inet_interfaces. */
function endpointOf(service: MasterService): string | null {
  if (service.type === "inet") return null;
  const isPrivate = service.fields.find(({ field }) => field === "private")?.text !== "n";
  return `${isPrivate ? "private" : "public"}/${service.name}`;
}
