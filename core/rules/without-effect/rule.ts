import type { MailServer } from "../../model/mail-server.ts";
import { servicesRunning } from "../../model/services.ts";
import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { type Assignment, assignments } from "../assignments.ts";
import type { Rule } from "../rule.ts";
import { textFor } from "../settings-of.ts";
import { smtpdServices } from "../smtpd-lists.ts";
import overruled from "./overruled.json" with { type: "json" };

export const withoutEffect: Rule = {
  id: "without-effect",
  title: "A setting that another one leaves without effect",
  severity: "warning",
  manualUrl: "https://www.postfix.org/local.8.html",
  check: (server) =>
    assignments(server).flatMap((one) => {
      const message =
        one.value === "" ? null : (ofLocal(server, one) ?? ofStrangers(server, one) ?? ofTls(server, one));
      return message === null ? [] : [{ file: one.file, span: one.nameSpan, message }];
    }),
};

/** Settings of local(8) that never have their turn, in all services that would read them. */
function ofLocal(server: MailServer, { name, service }: Assignment): string | null {
  for (const { by, parameters } of overruled) {
    if (!parameters.includes(name)) continue;
    const readers = localServices(server).filter((one) => service === null || one === service);
    const isOverruled = readers.length > 0 && readers.every((one) => textFor(server, one, by) !== "");
    if (isOverruled) return `${by} comes first and takes all mail: ${name} has no effect.`;
  }
  return null;
}

function localServices(server: MailServer): readonly (MasterService | null)[] {
  const services = servicesRunning(server, "local");
  return services.length === 0 ? [null] : services;
}

/** What local(8) does with users whom it does not know, where smtpd(8) refuses them all. */
function ofStrangers(server: MailServer, { name }: Assignment): string | null {
  if (name !== "luser_relay" && name !== "fallback_transport" && name !== "fallback_transport_maps") return null;
  const refuses = smtpdServices(server).every((service) => textFor(server, service, "local_recipient_maps") !== "");
  return refuses
    ? `smtpd refuses mail for users that local_recipient_maps does not have, before ${name} has its turn: set “local_recipient_maps =” to take it in.`
    : null;
}

const CERTIFICATES: ReadonlySet<string> = new Set(["smtpd_tls_cert_file", "smtpd_tls_chain_files"]);

/** A certificate of a server that offers no TLS. */
function ofTls(server: MailServer, { name }: Assignment): string | null {
  if (!CERTIFICATES.has(name)) return null;
  const isOff = smtpdServices(server).every((service) =>
    TLS_SWITCHES.every((one) => OFF.has(textFor(server, service, one))),
  );
  return isOff
    ? `smtpd offers no TLS at all: smtpd_tls_security_level is not set, and this certificate is never shown.`
    : null;
}

const TLS_SWITCHES = ["smtpd_tls_security_level", "smtpd_use_tls", "smtpd_enforce_tls", "smtpd_tls_wrappermode"];
const OFF: ReadonlySet<string> = new Set(["", "no", "none"]);
