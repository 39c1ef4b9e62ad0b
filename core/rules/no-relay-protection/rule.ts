import { effectiveValue, ownText } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { restrictionClasses, stepsOf } from "../../model/restrictions.ts";
import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { onceEach } from "../once-each.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { containerOf, smtpdServices } from "../smtpd-lists.ts";

const LISTS = ["smtpd_relay_restrictions", "smtpd_recipient_restrictions"] as const;

/** What smtpd(8) looks for before it serves anybody, in the order of its message. */
const PROTECTS = [
  "reject_unauth_destination",
  "defer_unauth_destination",
  "reject",
  "defer",
  "defer_if_permit",
  "check_relay_domains",
] as const;

export const noRelayProtection: Rule = {
  id: "no-relay-protection",
  title: "Nothing keeps strangers from sending mail to strangers",
  severity: "error",
  manualUrl: "https://www.postfix.org/SMTPD_ACCESS_README.html",
  check: (server) =>
    onceEach(
      smtpdServices(server).flatMap((service) => (isProtected(server, service) ? [] : problemOf(server, service))),
    ),
};

/** Whether smtpd(8) finds what it wants to find in one of the two lists before it serves anybody. */
export function isProtected(server: MailServer, service: MasterService | null): boolean {
  return LISTS.some((list) => protects(server, service, list));
}

/** As smtpd reads it: in order, no further than `permit`, without what `warn_if_reject` disarms. */
function protects(server: MailServer, service: MasterService | null, list: string): boolean {
  const classes = restrictionClasses(server, service);
  let left: string | null = null;
  for (const step of stepsOf(server, service, list, "check_recipient_access")) {
    const container = containerOf(step, classes);
    if (step.warnOnly || (left !== null && container === left)) continue;
    if (step.name === "permit") {
      if (container === null) return false;
      left = container;
    } else if (PROTECTS.some((name) => name === step.name)) return true;
  }
  return false;
}

function problemOf(server: MailServer, service: MasterService | null): readonly RuleProblem[] {
  const words = `in parameter ${LISTS[0]} or ${LISTS[1]}, specify at least one working instance of: ${PROTECTS.slice(0, -1).join(", ")} or ${PROTECTS.at(-1) ?? ""}`;
  const problem = {
    message:
      "Neither list holds reject_unauth_destination, so the server would relay for everybody: smtpd refuses to start.",
    postfix: words,
  };
  for (const list of LISTS) {
    const { owner } = effectiveValue(server, list, service);
    if (owner === null) continue;
    const { origin, pieces } = ownText(owner);
    const end = pieces.at(-1)?.span.end ?? origin;
    const span =
      end > origin
        ? { start: origin, end }
        : owner.kind === "main"
          ? owner.definition.nameSpan
          : owner.override.nameSpan;
    return [{ file: owner.file, span, ...problem }];
  }
  return [];
}
