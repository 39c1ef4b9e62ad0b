import type { MailServer } from "../../model/mail-server.ts";
import { servicesRunning } from "../../model/services.ts";
import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { type Assignment, assignments } from "../assignments.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { isOn, textFor } from "../settings-of.ts";
import { smtpdServices } from "../smtpd-lists.ts";

const CERTIFICATES = ["cert_file", "chain_files", "eccert_file", "dcert_file"] as const;
/** Levels at which the server offers TLS, and cannot without a certificate. */
const OFFERS: ReadonlySet<string> = new Set(["may", "encrypt"]);

export const wrongSide: Rule = {
  id: "wrong-side",
  title: "Set for the sending side, needed on the receiving one, or the other way round",
  severity: "warning",
  manualUrl: "https://www.postfix.org/TLS_README.html",
  check: (server) => assignments(server).flatMap((one) => (one.service === null ? problemsOf(server, one) : [])),
};

function problemsOf(server: MailServer, { file, name, nameSpan, value }: Assignment): readonly RuleProblem[] {
  if (value === "") return [];
  if (name === "smtp_tls_cert_file" && isServerWithoutCertificate(server)) {
    const message =
      "This certificate is for sending mail. smtpd has none and cannot offer TLS: smtpd_tls_cert_file and smtpd_tls_key_file are missing.";
    return [{ file, span: nameSpan, message }];
  }
  if (name === "smtp_sasl_password_maps" && !isLoggingIn(server)) {
    const isOther = isOn(server, null, "smtpd_sasl_auth_enable");
    const why = isOther ? "smtpd_sasl_auth_enable is for clients that log in here" : "it is off";
    const message = `These passwords are never used: sending with a login needs smtp_sasl_auth_enable = yes, and ${why}.`;
    return [{ file, span: nameSpan, message }];
  }
  return [];
}

function isServerWithoutCertificate(server: MailServer): boolean {
  const services = smtpdServices(server);
  const offers = (service: MasterService | null): boolean =>
    OFFERS.has(textFor(server, service, "smtpd_tls_security_level"));
  const hasOne = (service: MasterService | null): boolean =>
    CERTIFICATES.some((suffix) => textFor(server, service, `smtpd_tls_${suffix}`) !== "");
  return services.some(offers) && !services.some(hasOne);
}

function isLoggingIn(server: MailServer): boolean {
  const clients = [null, ...servicesRunning(server, "smtp"), ...servicesRunning(server, "lmtp")];
  return clients.some((service) => isOn(server, service, "smtp_sasl_auth_enable"));
}
