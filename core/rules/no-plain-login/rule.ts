import type { MailServer } from "../../model/mail-server.ts";
import { servicesRunning } from "../../model/services.ts";
import { joinedText } from "../../syntax/lines/joined-text.ts";
import { setParameter } from "../../syntax/main-cf/edit-main-cf.ts";
import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { splitList } from "../../syntax/value/list.ts";
import { editOffer } from "../edit-offer.ts";
import { onceEach } from "../once-each.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { isOn, settingFor, textFor } from "../settings-of.ts";
import { smtpdServices } from "../smtpd-lists.ts";

export const noPlainLogin: Rule = {
  id: "no-plain-login",
  title: "A login for which PLAIN and LOGIN are ruled out",
  severity: "information",
  manualUrl: "https://www.postfix.org/SASL_README.html#client_sasl_policy",
  check: (server) => onceEach([...ofSending(server), ...ofReceiving(server)]),
};

/** By default: who wrote the options down has decided on them. */
function ofSending(server: MailServer): readonly RuleProblem[] {
  const services = servicesRunning(server, "smtp");
  return (services.length === 0 ? [null] : services).flatMap((service) => {
    const place = settingFor(server, service, "smtp_sasl_auth_enable");
    if (place === null || !isOn(server, service, "smtp_sasl_auth_enable")) return [];
    if (textFor(server, service, "smtp_sasl_password_maps") === "") return [];
    if (textFor(server, service, "smtp_sasl_mechanism_filter") !== "") return [];
    const written = ["smtp_sasl_security_options", "smtp_sasl_tls_security_options"];
    if (written.some((name) => settingFor(server, service, name) !== null)) return [];
    const message =
      "By default Postfix sends no password as it is (noplaintext): with servers that take only PLAIN and LOGIN, as most providers do, this login fails.";
    const words = "No worthy mechs found";
    return [
      {
        file: place.file,
        span: place.nameSpan,
        message,
        postfix: words,
        fixes: usesTls(server, service) ? set(server) : [],
      },
    ];
  });
}

function usesTls(server: MailServer, service: MasterService | null): boolean {
  const level = textFor(server, service, "smtp_tls_security_level");
  return (level !== "" && level !== "none") || isOn(server, service, "smtp_tls_wrappermode");
}

function set(server: MailServer) {
  const { file, tree } = server.main;
  const name = "smtp_sasl_tls_security_options";
  const result = setParameter(tree, name, "noanonymous");
  const fix = {
    id: "no-plain-login/over-tls",
    title: `Set ${name} = noanonymous in main.cf`,
    safety: "review",
    cost: "Where the session is encrypted, the server that takes the mail is given the password as it is.",
    reload: true,
  } as const;
  return result.ok ? [editOffer(server, fix, file, result.edits)] : [];
}

/** Dovecot knows PLAIN alone unless its auth_mechanisms say more. */
function ofReceiving(server: MailServer): readonly RuleProblem[] {
  return smtpdServices(server).flatMap((service) => {
    if (!isOn(server, service, "smtpd_sasl_auth_enable") || textFor(server, service, "smtpd_sasl_type") !== "dovecot") {
      return [];
    }
    const options = needsTls(server, service) ? "smtpd_sasl_tls_security_options" : "smtpd_sasl_security_options";
    const words = splitList(joinedText(textFor(server, service, options))).elements;
    if (!words.some(({ text }) => text === "noplaintext")) return [];
    const place = settingFor(server, service, options) ?? settingFor(server, service, "smtpd_sasl_security_options");
    if (place === null) return [];
    const message =
      "noplaintext rules out PLAIN and LOGIN, and Dovecot offers no others unless its auth_mechanisms name some: without one left smtpd ends at the first client.";
    return [{ file: place.file, span: place.valueSpan, message, postfix: "no SASL authentication mechanisms" }];
  });
}

/** Whether a login is offered over TLS only. */
function needsTls(server: MailServer, service: MasterService | null): boolean {
  if (
    ["smtpd_tls_auth_only", "smtpd_tls_wrappermode", "smtpd_enforce_tls"].some((name) => isOn(server, service, name))
  ) {
    return true;
  }
  return textFor(server, service, "smtpd_tls_security_level") === "encrypt";
}
