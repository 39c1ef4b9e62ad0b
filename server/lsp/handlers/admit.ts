import path from "node:path";
import { admissionContext } from "@postmaster/core/model/admission/admission-context.ts";
import { admit } from "@postmaster/core/model/admission/admit.ts";
import { parseAssumption } from "@postmaster/core/model/admission/assumptions.ts";
import { chooseService, isBehindPostscreen, serviceLabel } from "@postmaster/core/model/admission/choose-service.ts";
import { readSession } from "@postmaster/core/model/admission/read-session.ts";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import { servicesRunning } from "@postmaster/core/model/services.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { parsePostfixVersion } from "@postmaster/core/reference/postfix-version.ts";
import { admissionView } from "@postmaster/core/report/admission/admission-view.ts";
import { prettyAdmission, type Telling } from "@postmaster/core/report/admission/pretty-admission.ts";
import { plain } from "@postmaster/core/report/terminal/style.ts";
import { isProtected } from "@postmaster/core/rules/no-relay-protection/rule.ts";
import { indexLines } from "@postmaster/core/text/line-index.ts";
import type { Span } from "@postmaster/core/text/span.ts";
import { visibleText } from "@postmaster/core/text/visible-text.ts";
import type { CancellationToken, Range } from "vscode-languageserver";
import { stopIfCancelled } from "../failure.ts";
import type { AdmitParameters, AdmitResult } from "../protocol.ts";
import type { Session } from "../session.ts";
import { configurationOf } from "../surroundings.ts";

/** The services of a configuration that take mail from clients, by name, the one that strangers come to first. */
export async function onSmtpdServices(
  session: Session,
  { uri }: { readonly uri: string },
  token: CancellationToken,
): Promise<readonly string[]> {
  const server = await serverOf(session, uri);
  stopIfCancelled(token);
  if (server === null) return [];
  const first = chooseService(server, null);
  const names = servicesRunning(server, "smtpd").map(({ name }) => name);
  return [...new Set(first === "none" || first === null ? names : [first.name, ...names])];
}

/** Would this be let in? As text for people, its places as links. */
export async function onAdmit(
  session: Session,
  { uri, service: name, session: written, assumptions }: AdmitParameters,
  token: CancellationToken,
): Promise<AdmitResult> {
  const problem = (text: string): AdmitResult => ({ text: "", links: [], tells: [], problem: text });
  const asked = readSession(written);
  if (typeof asked === "string") return problem(`The client is ${asked}.`);
  const server = await serverOf(session, uri);
  stopIfCancelled(token);
  if (server === null) return problem("There is no main.cf to ask: open one, or set postmaster.configDirectory.");
  const service = chooseService(server, name);
  if (service === "none") return problem(`master.cf has no smtpd service ${name ?? ""}.`);
  const tables = { server, service, patternMatcher: session.patternMatcher, answerFor: () => null };
  const told = assumptions.flatMap((text) => parseAssumption(text) ?? []);
  const report = await admit(admissionContext(tables, asked, told));
  stopIfCancelled(token);
  const view = admissionView(report, isProtected(server, service));
  const nameOf = (place: { readonly path: string; readonly line: number }): string =>
    `${path.basename(place.path)}:${place.line}`;
  const pretty = prettyAdmission(view, nameOf, plain, IN_EDITOR);
  const before = isBehindPostscreen(service) ? ", once postscreen let it through" : "";
  const head = `${visibleText(`${serviceLabel(service)} of ${server.directory}${before}`)}\n\n`;
  const lines = indexLines(head + pretty.text);
  const rangeOf = ({ start, end }: Span): Range => ({
    start: lines.positionAt(head.length + start),
    end: lines.positionAt(head.length + end),
  });
  const links = pretty.links.map(({ place, ...at }) => ({
    range: rangeOf(at),
    uri: place.uri,
    position: { line: place.line - 1, character: place.column - 1 },
  }));
  const tells = pretty.tells.map(({ assumption, ...at }) => ({ range: rangeOf(at), assumption }));
  return { text: head + pretty.text, links, tells, problem: null };
}

const IN_EDITOR: Telling = ["Tell: ", ""];

async function serverOf(session: Session, uri: string): Promise<MailServer | null> {
  const { found, port, settings } = await configurationOf(session, uri, null);
  if (found === null) return null;
  const version = parsePostfixVersion(settings.postfixVersion);
  return loadMailServer(port, found.directory, { defaultOf: (name) => defaultOf(name, version) });
}
