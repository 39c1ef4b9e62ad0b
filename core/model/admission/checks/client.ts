import { effectiveValue } from "../../effective.ts";
import { isOwnAddress } from "../../lookup/local-domain.ts";
import { matchList } from "../../lookup/match-list.ts";
import { type AdmissionContext, isOn } from "../admission-context.ts";
import { listPlace } from "../config-place.ts";
import { lookupError, none, type Outcome, permit, unknown } from "../outcome.ts";
import { clientLabel } from "../session.ts";
import type { Checks } from "./check.ts";

export const clientChecks: Checks = {
  permit_mynetworks: (context) => inMyNetworks(context),
  permit_inet_interfaces: ({ tables, session }) => {
    const own = isOwnAddress(tables, session.clientAddress);
    if (own === "yes") return permit(`${session.clientAddress} is this server's own address`);
    if (own === "no") return none(`${session.clientAddress} is not this server's own address`);
    return unknown("the addresses of this machine are not in its configuration", {
      mayPermit: true,
      ask: "permit_inet_interfaces",
      answers: ["permit", "pass"],
    });
  },
  permit_sasl_authenticated: (context) => {
    if (!isOn(context, "smtpd_sasl_auth_enable")) return none("smtpd_sasl_auth_enable is not yes here");
    const { login } = context.session;
    return login === null ? none("the client has not logged in") : permit(`logged in as ${login}`);
  },
  permit_tls_clientcerts: byCertificate,
  permit_tls_all_clientcerts: byCertificate,
  check_ccert_access: byCertificate,
};

/** No certificate is taken to be presented; whoever knows of one says what smtpd would make of it. */
function byCertificate(): Outcome {
  return none("no client certificate");
}

async function inMyNetworks(context: AdmissionContext): Promise<Outcome> {
  const { session, tables } = context;
  const { clientAddress: address } = session;
  if (effectiveValue(tables.server, "mynetworks", tables.service).expanded === null) return unsetNetworks(context);
  const answer = await matchList(tables, "mynetworks", { host: session.clientName ?? "unknown", address });
  switch (answer.kind) {
    case "listed":
      return permit(`${address} is in mynetworks: ${answer.pattern.text}`, listPlace(answer));
    case "excluded":
      return none(`${address} is excluded from mynetworks: !${answer.pattern.text}`, listPlace(answer));
    case "not-listed":
      return none(`${address} is not in mynetworks`);
    case "failed":
      return lookupError(clientLabel(session), answer.reason);
    default:
      return unknown(`mynetworks: ${answer.reason}`, {
        mayPermit: true,
        ask: "permit_mynetworks",
        answers: ["permit", "pass"],
      });
  }
}

/** Without a value Postfix takes the networks of its interfaces: mynetworks_style. */
function unsetNetworks(context: AdmissionContext): Outcome {
  const { clientAddress } = context.session;
  if (clientAddress === "127.0.0.1" || clientAddress === "::1") return permit(`${clientAddress} is this machine`);
  return unknown("mynetworks is not set: the networks of this machine count", {
    mayPermit: true,
    ask: "permit_mynetworks",
    answers: ["permit", "pass"],
  });
}
