import type { AdmissionReport } from "@postmaster/core/model/admission/admit.ts";
import { serviceLabel } from "@postmaster/core/model/admission/choose-service.ts";
import type { AdmissionSession } from "@postmaster/core/model/admission/session.ts";
import { stepPlaces } from "@postmaster/core/model/admission/step-places.ts";
import type { WalkedStep } from "@postmaster/core/model/admission/walk-lists.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import { viewPlace } from "@postmaster/core/report/admission/admission-view.ts";
import type { MasterService } from "@postmaster/core/syntax/master-cf/parse-master-cf.ts";

/** The walk as JSON, for scripts. What there is not is null. */
export function jsonAdmission(
  server: MailServer,
  service: MasterService | null,
  session: AdmissionSession,
  report: AdmissionReport,
  isServed: boolean,
): object {
  return {
    directory: server.directory,
    service: serviceLabel(service),
    session: {
      client_address: session.clientAddress,
      client_name: session.clientName,
      reverse_name: session.reverseName,
      helo_name: session.helo,
      sender: session.sender,
      recipient: session.recipient,
      sasl_username: session.login,
      tls: session.tls,
    },
    verdict: isServed ? report.verdict : "not-served",
    certain: report.isCertain,
    stage: report.stage,
    reply: report.reply,
    decided_by: report.decidedBy === null ? null : stepObject(report.decidedBy),
    steps: report.steps.map(stepObject),
  };
}

function stepObject(step: WalkedStep): object {
  const { list, stage, name, depth, effect, outcome, reply } = step;
  const unknown = outcome.kind === "unknown" ? outcome : null;
  return {
    list,
    stage,
    restriction: name,
    depth,
    effect,
    why: outcome.why,
    reply,
    may_permit: unknown?.mayPermit ?? null,
    may_reject: unknown?.mayReject ?? null,
    assume: unknown?.ask ?? null,
    places: stepPlaces(step).map((place) => {
      const { path, line, column } = viewPlace(place);
      return { kind: place.kind, file: path, line, column };
    }),
  };
}
