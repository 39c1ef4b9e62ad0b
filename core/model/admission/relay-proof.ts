import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import type { MailServer } from "../mail-server.ts";
import { type RestrictionListName, type RestrictionStep, restrictionWalks } from "../restrictions.ts";
import { servicesRunning } from "../services.ts";
import { admissionOf, waysOf } from "./admission.ts";
import { type Asked, restrictionEffect } from "./restriction-effect.ts";
import { tableSummaries } from "./table-summary.ts";

/** One step of one list. */
export interface ListStep {
  readonly list: RestrictionListName;
  readonly step: RestrictionStep;
}

/** Whether one service lets any stranger send mail to any stranger. */
export interface RelayProof {
  readonly service: MasterService | null;
  /** `closed`: every such mail is refused, whatever the tables and servers it asks say. `maybe`: only if something among `doors` permits. */
  readonly verdict: "closed" | "open" | "maybe";
  /** The step that refuses all of them; null unless closed. */
  readonly closedBy: ListStep | null;
  /** Steps that let a stranger past the relay protection: those that may permit, or the one that permits all. */
  readonly doors: readonly ListStep[];
}

/**
 * A stranger to a stranger, at every smtpd(8) service: a client outside `mynetworks`, without login and certificate, mail for a domain
 * in no address class. Holds for every client, HELO, sender and recipient at once, not for a sample.
 */
export function proveRelay(server: MailServer): readonly RelayProof[] {
  const services = servicesRunning(server, "smtpd");
  const summaries = tableSummaries();
  return (services.length === 0 ? [null] : services).map((service) =>
    proveService({
      server,
      service,
      request: { sender: "foreign", recipient: "foreign" },
      policies: { refusesOwnSenders: () => false },
      summaries,
      depth: 0,
    }),
  );
}

function proveService(asked: Asked): RelayProof {
  const { server, service } = asked;
  const ways = waysOf(asked);
  const doors: ListStep[] = [];
  for (const { list, steps } of restrictionWalks(server, service)) {
    if (list === "smtpd_etrn_restrictions") continue;
    const isClosed = ways.get(list)?.length === 0;
    for (const step of steps) {
      const effect = restrictionEffect(asked, step);
      if (effect.refuses === "always") {
        if (isClosed) return { service, verdict: "closed", closedBy: { list, step }, doors: [] };
        break;
      }
      if (effect.permits !== "never" && RELAY_LISTS.has(list)) doors.push({ list, step });
      if (effect.permits === "always") break;
    }
  }
  return { service, verdict: admissionOf(ways) === "admitted" ? "open" : "maybe", closedBy: null, doors };
}

const RELAY_LISTS: ReadonlySet<RestrictionListName> = new Set([
  "smtpd_relay_restrictions",
  "smtpd_recipient_restrictions",
]);
