import type { MailServer } from "../../model/mail-server.ts";
import { servicesRunning } from "../../model/services.ts";
import { setOverride } from "../../syntax/master-cf/edit-master-cf.ts";
import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { editOffer } from "../edit-offer.ts";
import { isOnLoopback, portOf } from "../loopback.ts";
import { nameInMessage } from "../name-in-message.ts";
import { portNumber } from "../next-hop.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { isOn } from "../settings-of.ts";

const LOGIN = "smtpd_sasl_auth_enable";
/** Where mail programs send mail. */
const SUBMISSION: ReadonlySet<number | null> = new Set([465, 587]);

export const loginOnServerPort: Rule = {
  id: "login-on-server-port",
  title: "Login where only other servers call",
  severity: "information",
  manualUrl: "https://www.postfix.org/SASL_README.html#server_sasl_enable",
  check: (server) => {
    const open = servicesRunning(server, "smtpd").filter(
      (service) => !isOnLoopback(server, service) && isOn(server, service, LOGIN),
    );
    // Without another door the users need this one.
    if (!open.some((service) => SUBMISSION.has(portNumber(portOf(service) ?? "")))) return [];
    return open.filter(isForServers).flatMap((service) => problemOf(server, service));
  },
};

/** Port 25, or behind postscreen(8), which listens there. */
function isForServers(service: MasterService): boolean {
  return service.type === "pass" || portNumber(portOf(service) ?? "") === 25;
}

function problemOf(server: MailServer, service: MasterService): readonly RuleProblem[] {
  const [field] = service.fields;
  if (server.master === null || field === undefined) return [];
  const { file, tree } = server.master;
  const result = setOverride(tree, service, LOGIN, "no");
  const shown = nameInMessage(service.name);
  const fix = {
    id: "login-on-server-port/switch-off",
    title: `Set ${LOGIN}=no for ${shown} in master.cf`,
    safety: "review",
    cost: "Users whose program sends on port 25 must change it to 587 or 465.",
    reload: true,
  } as const;
  const message = `Clients may log in on ${shown} too, where only other servers need to call: passwords are tried there day and night.`;
  return [{ file, span: field.span, message, fixes: result.ok ? [editOffer(server, fix, file, result.edits)] : [] }];
}
