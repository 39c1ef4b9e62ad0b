import { waysOf } from "../../model/admission/admission.ts";
import { restrictionEffect } from "../../model/admission/restriction-effect.ts";
import { tableSummaries } from "../../model/admission/table-summary.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { type RestrictionStep, restrictionWalks } from "../../model/restrictions.ts";
import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { isOnLoopback } from "../loopback.ts";
import { nameInMessage } from "../name-in-message.ts";
import { isProtected } from "../no-relay-protection/rule.ts";
import { onceEach } from "../once-each.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { problemAt, smtpdServices } from "../smtpd-lists.ts";
import { permitsAnyone } from "./permits-anyone.ts";

/** The lists that decide about relaying; a recipient must pass both. */
const RELAY_LISTS: ReadonlySet<string> = new Set(["smtpd_relay_restrictions", "smtpd_recipient_restrictions"]);
/** They know which senders nobody may claim, so that an OK for a sender's address is no door for all. */
const KNOWS_SENDERS: ReadonlySet<string> = new Set([
  "check_policy_service",
  "reject_sender_login_mismatch",
  "reject_unauthenticated_sender_login_mismatch",
  "reject_known_sender_login_mismatch",
]);

export const openRelay: Rule = {
  id: "open-relay",
  title: "Strangers may send mail to strangers",
  severity: "error",
  manualUrl: "https://www.postfix.org/SMTPD_ACCESS_README.html#danger",
  check: (server) => onceEach(smtpdServices(server).flatMap((service) => problemsOf(server, service))),
};

/** A service that smtpd(8) refuses to run is another rule's. */
function problemsOf(server: MailServer, service: MasterService | null): readonly RuleProblem[] {
  if (isOnLoopback(server, service) || !isProtected(server, service)) return [];
  const asked = {
    server,
    service,
    request: { sender: "foreign", recipient: "foreign" },
    policies: { refusesOwnSenders: () => false },
    summaries: tableSummaries(),
    depth: 0,
  } as const;
  for (const [list, ways] of waysOf(asked)) if (ways.length === 0 && !RELAY_LISTS.has(list)) return [];
  const walks = restrictionWalks(server, service);
  const knowsSenders = walks.some(({ steps }) => steps.some(({ name }) => KNOWS_SENDERS.has(name)));
  const opening: RestrictionStep[] = [];
  for (const { list, steps } of walks) {
    if (!RELAY_LISTS.has(list)) continue;
    for (const step of steps) {
      const opens = permitsAnyone(server, step) && !(step.name === "check_sender_access" && knowsSenders);
      if (opens) {
        opening.push(step);
        break;
      }
      if (restrictionEffect(asked, step).refuses === "always") return [];
    }
  }
  return opening.flatMap((step) => problemAt(step.words.at(-1) ?? step.word, { message: sentence(step) }));
}

function sentence({ name, word }: RestrictionStep): string {
  if (name === "permit") {
    return "This permit comes before anything that refuses relaying: the server sends mail from anybody to anybody.";
  }
  const who = name === "check_sender_access" ? "names such a sender" : "greets with such a name";
  const whom = name.includes("sender") || name.includes("elo") ? `whoever ${who}` : "anybody";
  return `An OK of ${nameInMessage(word.text)} counts before relaying is refused: ${whom} may send mail to anybody.`;
}
