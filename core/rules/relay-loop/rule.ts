import { effectiveValue, expandIn } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { servicesRunning } from "../../model/services.ts";
import { joinedText } from "../../syntax/lines/joined-text.ts";
import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { splitList } from "../../syntax/value/list.ts";
import { lowerAscii } from "../../text/ascii.ts";
import { type Assignment, assignments } from "../assignments.ts";
import { hostOf, isLoopback, portOf } from "../loopback.ts";
import { nameInMessage } from "../name-in-message.ts";
import { type NextHop, parseNextHop, portNumber } from "../next-hop.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";

const SMTP_PORT = 25;

export const relayLoop: Rule = {
  id: "relay-loop",
  title: "A relay host that is this server itself",
  severity: "error",
  manualUrl: "https://www.postfix.org/postconf.5.html#relayhost",
  check: (server) =>
    assignments(server)
      .filter(({ name }) => name === "relayhost")
      .flatMap((one) => {
        const relayhost = expandIn(server, one.service, one.value) ?? "";
        const own = effectiveValue(server, "myhostname", one.service).expanded ?? "";
        const isOwn = relayhost !== "" && lowerAscii(relayhost) === lowerAscii(own);
        return isOwn ? [ownName(one, relayhost, own)] : comesBack(server, one, parseNextHop(relayhost));
      }),
};

function ownName({ file, valueSpan }: Assignment, relayhost: string, own: string): RuleProblem {
  const message = `${nameInMessage(relayhost)} is this server's own name: the programs that read it do not start.`;
  const words = `myhostname and relayhost parameter settings must not be identical: ${own}`;
  return { file, span: valueSpan, message, postfix: printable(words, file.encoding) };
}

function comesBack(server: MailServer, { file, valueSpan }: Assignment, hop: NextHop | null): readonly RuleProblem[] {
  if (hop === null || !isOwnHost(server, hop)) return [];
  const port = hop.port === null ? SMTP_PORT : portNumber(hop.port);
  const listener = servicesRunning(server, "smtpd").find((one) => listens(one, port));
  if (listener === undefined) return [];
  const shown = nameInMessage(hop.host);
  const message = `${shown} is this very server, whose service ${nameInMessage(listener.name)} listens there: what it is to pass on comes back to it.`;
  // On other ports Postfix does not notice, and mail goes round until it has too many Received: lines.
  const words = port === SMTP_PORT ? `mail for ${hop.host} loops back to myself` : null;
  return [{ file, span: valueSpan, message, ...(words === null ? {} : { postfix: printable(words, file.encoding) }) }];
}

function isOwnHost(server: MailServer, { host, bracketed }: NextHop): boolean {
  const plain = host.startsWith("ipv6:") ? host.slice("ipv6:".length) : host;
  if (isLoopback(plain)) return true;
  // Without brackets it is a domain, whose MX may be any other host.
  if (bracketed && lowerAscii(plain) === lowerAscii(effectiveValue(server, "myhostname").expanded ?? "")) return true;
  const interfaces = splitList(joinedText(effectiveValue(server, "inet_interfaces").expanded ?? "")).elements;
  return interfaces.some(({ text }) => lowerAscii(text) === lowerAscii(plain));
}

/** At all addresses of the machine: one that is bound to a certain address may be another's than the relay host's. */
function listens(service: MasterService, port: number | null): boolean {
  if (port === null || portNumber(portOf(service) ?? "") !== port) return false;
  const host = hostOf(service.name);
  return host === null || isLoopback(host);
}
