import type { EditOffer } from "../../fixes/fix-offer.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { joinedText } from "../../syntax/lines/joined-text.ts";
import { setParameter } from "../../syntax/main-cf/edit-main-cf.ts";
import { effectiveOverride, type MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { splitList } from "../../syntax/value/list.ts";
import { editOffer } from "../edit-offer.ts";
import { isOnLoopback } from "../loopback.ts";
import { onceEach } from "../once-each.ts";
import type { Rule } from "../rule.ts";
import { isOn, settingFor, textFor } from "../settings-of.ts";
import { smtpdServices } from "../smtpd-lists.ts";

const LOGIN = "smtpd_sasl_auth_enable";
const TLS_ONLY = "smtpd_tls_auth_only";

export const passwordWithoutTls: Rule = {
  id: "password-without-tls",
  title: "Passwords may cross the network unencrypted",
  severity: "warning",
  manualUrl: "https://www.postfix.org/postconf.5.html#smtpd_tls_auth_only",
  check: (server) =>
    onceEach(
      smtpdServices(server)
        .filter((service) => takesPlainPasswords(server, service))
        .flatMap((service) => {
          const place = settingFor(server, service, LOGIN);
          if (place === null) return [];
          const message = `Clients may log in without TLS, and whoever listens on the way reads the password: ${TLS_ONLY} = yes refuses that.`;
          return [{ file: place.file, span: place.nameSpan, message, fixes: fixes(server) }];
        }),
    ),
};

/** A service whose own line says that no TLS is needed was decided on by somebody. */
function takesPlainPasswords(server: MailServer, service: MasterService | null): boolean {
  if (service !== null && effectiveOverride(service, TLS_ONLY) !== null) return false;
  if (!isOn(server, service, LOGIN) || isOn(server, service, TLS_ONLY) || isOnLoopback(server, service)) return false;
  if (textFor(server, service, "smtpd_tls_security_level") === "encrypt") return false;
  if (isOn(server, service, "smtpd_tls_wrappermode") || isOn(server, service, "smtpd_enforce_tls")) return false;
  const options = splitList(joinedText(textFor(server, service, "smtpd_sasl_security_options"))).elements;
  return !options.some(({ text }) => text === "noplaintext");
}

function fixes(server: MailServer): readonly EditOffer[] {
  const { file, tree } = server.main;
  const result = setParameter(tree, TLS_ONLY, "yes");
  if (!result.ok) return [];
  const fix = {
    id: "password-without-tls/require-tls",
    title: `Set ${TLS_ONLY} = yes in main.cf`,
    safety: "review",
    cost: "Clients that do not speak TLS cannot log in any more.",
    reload: true,
  } as const;
  return [editOffer(server, fix, file, result.edits)];
}
