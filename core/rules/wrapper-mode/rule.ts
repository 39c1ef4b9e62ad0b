import type { MailServer } from "../../model/mail-server.ts";
import { servicesRunning } from "../../model/services.ts";
import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { portOf } from "../loopback.ts";
import { nameInMessage } from "../name-in-message.ts";
import { parseNextHop, portNumber } from "../next-hop.ts";
import { onceEach } from "../once-each.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { isOn, settingFor, textFor } from "../settings-of.ts";

const IMPLICIT_TLS = 465;
/** Ports on which the greeting comes first and TLS is asked for. */
const STARTTLS: ReadonlySet<number | null> = new Set([25, 587]);
const SERVER = "smtpd_tls_wrappermode";
const CLIENT = "smtp_tls_wrappermode";

export const wrapperMode: Rule = {
  id: "wrapper-mode",
  title: "TLS from the first byte on the wrong port",
  severity: "error",
  manualUrl: "https://www.postfix.org/TLS_README.html#server_enable",
  check: (server) =>
    onceEach([
      ...servicesRunning(server, "smtpd").flatMap((service) => ofService(server, service)),
      ...ofClient(server),
    ]),
};

function ofService(server: MailServer, service: MasterService): readonly RuleProblem[] {
  const port = portNumber(portOf(service) ?? "");
  const [field] = service.fields;
  if (server.master === null || field === undefined) return [];
  if (port === IMPLICIT_TLS && !isOn(server, service, SERVER)) {
    const message = `Clients on port 465 begin with TLS, and ${nameInMessage(service.name)} waits with a greeting: it needs -o ${SERVER}=yes.`;
    return [{ file: server.master.file, span: field.span, message }];
  }
  if (!STARTTLS.has(port) || !isOn(server, service, SERVER)) return [];
  const setting = settingFor(server, service, SERVER);
  const message = `On ${nameInMessage(service.name)} clients wait for a greeting, and with ${SERVER} Postfix waits for TLS: nobody can connect. It belongs to port 465 alone.`;
  return setting === null ? [] : [{ file: setting.file, span: setting.nameSpan, message }];
}

function ofClient(server: MailServer): readonly RuleProblem[] {
  const relayhost = textFor(server, null, "relayhost");
  const isWrapped = isOn(server, null, CLIENT);
  const port = portNumber(parseNextHop(relayhost)?.port ?? "smtp");
  if (isWrapped && (relayhost === "" || STARTTLS.has(port))) {
    const setting = settingFor(server, null, CLIENT);
    const where = relayhost === "" ? "every server on port 25" : nameInMessage(relayhost);
    const message = `With ${CLIENT} Postfix begins with TLS, but ${where} begins with a greeting: no mail can be sent there. It belongs to port 465 alone.`;
    return setting === null ? [] : [{ file: setting.file, span: setting.nameSpan, message }];
  }
  if (isWrapped || port !== IMPLICIT_TLS) return [];
  if (servicesRunning(server, "smtp").some((service) => isOn(server, service, CLIENT))) return [];
  const setting = settingFor(server, null, "relayhost");
  if (setting === null) return [];
  return [
    {
      file: setting.file,
      span: setting.valueSpan,
      message: `Port 465 begins with TLS: it needs ${CLIENT} = yes and smtp_tls_security_level = encrypt, or use port 587.`,
      postfix: `SMTPS wrappermode (TCP port 465) requires setting "${CLIENT} = yes", and "smtp_tls_security_level = encrypt" (or stronger)`,
    },
  ];
}
