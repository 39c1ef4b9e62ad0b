import { type AdmissionContext, isOn, settingOf } from "./admission-context.ts";
import { settingPlace } from "./config-place.ts";
import { none, type Outcome, reject } from "./outcome.ts";
import type { Reply } from "./reply.ts";

/** A check smtpd(8) makes without any list asking for it. `name`: the setting behind it. */
export interface OwnCheck {
  readonly name: string;
  readonly outcome: Outcome;
}

/** What smtpd asks for before it takes a sender: TLS where it must be, a HELO where it is required. Null: nothing is in the way. */
export function beforeMail(context: AdmissionContext): OwnCheck | null {
  const { session } = context;
  const refused = (name: string, reply: Reply, why: string): OwnCheck => ({
    name,
    outcome: reject(reply, why, settingPlace(context, name)),
  });
  const level = settingOf(context, "smtpd_tls_security_level");
  const mustEncrypt = level === "encrypt" || (level === "" && isOn(context, "smtpd_enforce_tls"));
  if (mustEncrypt && !session.tls && !isOn(context, "smtpd_tls_wrappermode")) {
    const reply = { code: 530, enhanced: "5.7.0", text: "Must issue a STARTTLS command first" };
    return refused("smtpd_tls_security_level", reply, "TLS is required and the session is not encrypted");
  }
  if (session.helo === null && isOn(context, "smtpd_helo_required")) {
    const reply = { code: 503, enhanced: "5.5.1", text: "Error: send HELO/EHLO first" };
    return refused("smtpd_helo_required", reply, "the client did not say HELO or EHLO");
  }
  if (session.login === null) return null;
  const reply = { code: 503, enhanced: "5.5.1", text: "Error: authentication not enabled" };
  if (!isOn(context, "smtpd_sasl_auth_enable"))
    return refused("smtpd_sasl_auth_enable", reply, "nobody can log in at this service");
  if (isOn(context, "smtpd_tls_auth_only") && !session.tls)
    return refused("smtpd_tls_auth_only", reply, "nobody can log in without TLS at this service");
  return null;
}

/** smtpd looks at the domain of an address before any list. */
export async function checkSyntax(context: AdmissionContext, address: string, isSender: boolean): Promise<Outcome> {
  if (address === "") return none("the address is empty");
  const { malformed, domain } = await context.resolve(address);
  if (!malformed) return none("the address is well formed");
  const text = isSender ? "Bad sender address syntax" : "Bad recipient address syntax";
  return reject({ code: 501, enhanced: isSender ? "5.1.7" : "5.1.3", text }, `${domain} is no domain`);
}
