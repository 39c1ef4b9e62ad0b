import { serviceLabel } from "@postmaster/core/model/admission/choose-service.ts";
import type { ListStep, RelayProof } from "@postmaster/core/model/admission/relay-proof.ts";
import { viewPlace } from "@postmaster/core/report/admission/admission-view.ts";
import type { Painter } from "@postmaster/core/report/terminal/style.ts";
import { visibleText } from "@postmaster/core/text/visible-text.ts";

/** May a stranger send mail to a stranger? One paragraph a service. */
export function prettyProof(proofs: readonly RelayProof[], nameOf: (path: string) => string, paint: Painter): string {
  if (proofs.length === 0) return "No smtpd service serves anybody: none has a restriction that refuses relaying.\n";
  return proofs.map((proof) => proofText(proof, nameOf, paint)).join("");
}

function proofText(
  { service, verdict, closedBy, doors }: RelayProof,
  nameOf: (path: string) => string,
  paint: Painter,
): string {
  const head = paint("bold", visibleText(serviceLabel(service)));
  if (verdict === "closed") {
    const by = closedBy === null ? "" : ` ${stepText(closedBy, nameOf, paint)}`;
    return `${head}: ${paint("green", "closed.")} No stranger's mail to strangers gets past${by}\n`;
  }
  const lines = doors.map((door) => `  ${stepText(door, nameOf, paint)}\n`).join("");
  if (verdict === "open") {
    const why = doors.length === 0 ? " Nothing refuses it.\n" : ` It is let in by\n${lines}`;
    return `${head}: ${paint("red", "an open relay.")} Any stranger may send mail to any stranger.${why}`;
  }
  return `${head}: ${paint("yellow", "closed only if these let no stranger pass:")}\n${lines}`;
}

function stepText({ list, step }: ListStep, nameOf: (path: string) => string, paint: Painter): string {
  const { owner, span } = step.word;
  const place = owner === null || span === null ? null : viewPlace({ file: owner.file, span });
  const words = visibleText(step.argument === null ? step.name : `${step.name} ${step.argument}`);
  const where = place === null ? "(the default)" : paint("cyan", visibleText(`${nameOf(place.path)}:${place.line}`));
  return `${words} in ${list}  ${where}`;
}
