import path from "node:path";
import process from "node:process";
import { admissionContext } from "@postmaster/core/model/admission/admission-context.ts";
import { admit as admitSession } from "@postmaster/core/model/admission/admit.ts";
import { chooseService, isBehindPostscreen, serviceLabel } from "@postmaster/core/model/admission/choose-service.ts";
import { proveRelay } from "@postmaster/core/model/admission/relay-proof.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import { servicesRunning } from "@postmaster/core/model/services.ts";
import { admissionView, viewPlace } from "@postmaster/core/report/admission/admission-view.ts";
import { prettyAdmission } from "@postmaster/core/report/admission/pretty-admission.ts";
import { isProtected } from "@postmaster/core/rules/no-relay-protection/rule.ts";
import type { MasterService } from "@postmaster/core/syntax/master-cf/parse-master-cf.ts";
import { jsonText } from "@postmaster/core/text/json-text.ts";
import { visibleText } from "@postmaster/core/text/visible-text.ts";
import { createNodeFilePort } from "../host/node-file-port.ts";
import { jsonAdmission } from "./admit/json-admission.ts";
import { prettyProof } from "./admit/pretty-proof.ts";
import { SESSION_OPTIONS, sessionOf } from "./admit/session-options.ts";
import { systemAccounts } from "./admit/system-accounts.ts";
import { configuredServer } from "./configured-server.ts";
import { type ExitCode, FOUND_NOTHING, FOUND_SOMETHING, UNDECIDED, UsageError } from "./exit-code.ts";
import { CONFIGURATION, type Options, parseOptions } from "./options.ts";
import type { Output } from "./output.ts";
import { commandLinePatterns } from "./pattern-matcher.ts";
import { relativeName } from "./uri.ts";

/** `postmaster admit`: would this be let in? */
export async function admit(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = parseOptions(args, {
    ...CONFIGURATION,
    ...SESSION_OPTIONS,
    service: { type: "string" },
    "open-relay": { type: "boolean" },
    format: { type: "string" },
  });
  if (options.words.length > 0) throw new UsageError(`admit takes options only, not “${options.words[0] ?? ""}”`);
  const format = options.choice("format", ["pretty", "json"]);
  if (options.flag("open-relay")) return proveClosed(options, format, output);
  const { session, assumptions } = sessionOf(options);
  const server = await configuredServer(createNodeFilePort(), options);
  const service = serviceOf(server, options.text("service"));
  const patternMatcher = commandLinePatterns();
  try {
    const tables = { server, service, patternMatcher, answerFor: await systemAccounts(server) };
    const report = await admitSession(admissionContext(tables, session, assumptions));
    const isServed = isProtected(server, service);
    if (format === "json") {
      await output.write(`${jsonText(jsonAdmission(server, service, session, report, isServed), 2)}\n`);
    } else {
      const view = admissionView(report, isServed);
      const nameOf = (place: { readonly path: string; readonly line: number }): string =>
        `${relativeName(place.path)}:${place.line}`;
      const { text } = prettyAdmission(view, nameOf, output.paint);
      await output.write(`${visibleText(headline(server, service))}\n\n${text}`);
    }
    if (!isServed || (report.isCertain && report.reply !== null)) return FOUND_SOMETHING;
    return report.isCertain ? FOUND_NOTHING : UNDECIDED;
  } finally {
    await patternMatcher.close();
  }
}

async function proveClosed(options: Options, format: "pretty" | "json", output: Output): Promise<ExitCode> {
  const given = ["client", "helo", "sender", "recipient", "sasl", "service"].find(
    (name) => options.text(name) !== null,
  );
  if (given !== undefined)
    throw new UsageError(`--open-relay asks for every stranger at every service: leave out --${given}`);
  const server = await configuredServer(createNodeFilePort(), options);
  const proofs = proveRelay(server).filter(({ service }) => isProtected(server, service));
  if (format === "json") {
    const rows = proofs.map(({ service, verdict, closedBy, doors }) => ({
      service: serviceLabel(service),
      verdict,
      closed_by: closedBy === null ? null : stepObject(closedBy),
      doors: doors.map(stepObject),
    }));
    await output.write(`${jsonText(rows, 2)}\n`);
  } else {
    await output.write(prettyProof(proofs, relativeName, output.paint));
  }
  if (proofs.some(({ verdict }) => verdict === "open")) return FOUND_SOMETHING;
  return proofs.some(({ verdict }) => verdict === "maybe") ? UNDECIDED : FOUND_NOTHING;
}

function stepObject({ list, step }: ReturnType<typeof proveRelay>[number]["doors"][number]): object {
  const { owner, span } = step.word;
  const place = owner === null || span === null ? null : viewPlace({ file: owner.file, span });
  return {
    list,
    restriction: step.name,
    argument: step.argument,
    file: place?.path ?? null,
    line: place?.line ?? null,
  };
}

function serviceOf(server: MailServer, name: string | null): MasterService | null {
  const service = chooseService(server, name);
  if (service !== "none") return service;
  const names = servicesRunning(server, "smtpd").map((one) => one.name);
  throw new UsageError(`no smtpd service is called “${name ?? ""}”; there are ${names.join(", ") || "none"}`);
}

function headline(server: MailServer, service: MasterService | null): string {
  const directory = path.relative(process.cwd(), server.directory) === "" ? "." : relativeName(server.directory);
  const before = isBehindPostscreen(service) ? ", once postscreen let it through" : "";
  return `${serviceLabel(service)} of ${directory}${before}`;
}
