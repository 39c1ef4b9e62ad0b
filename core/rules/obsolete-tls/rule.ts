import { expandIn } from "../../model/effective.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import { hasSince, type PostfixVersion } from "../../reference/postfix-version.ts";
import { lowerAscii } from "../../text/ascii.ts";
import { type Assignment, assignments } from "../assignments.ts";
import { editOffer } from "../edit-offer.ts";
import { nameInMessage } from "../name-in-message.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { protocolsOn } from "./protocols.ts";
import data from "./tls-settings.json" with { type: "json" };

const PROGRAMS: readonly string[] = data.programs;
const WEAK_GRADES: ReadonlySet<string> = new Set(data.weakGrades);
/** From this release on a lowest protocol can be named. */
const BOUNDS_SINCE = "3.6";

export const obsoleteTls: Rule = {
  id: "obsolete-tls",
  title: "Encryption that is broken or that nobody speaks any more",
  severity: "warning",
  manualUrl: "https://www.postfix.org/TLS_README.html#server_cipher",
  check: (server, { postfixVersion }) =>
    assignments(server).flatMap((assignment) => {
      if (!assignment.name.includes("_tls_")) return [];
      const program = PROGRAMS.find((one) => assignment.name.startsWith(`${one}_tls_`));
      if (program === undefined) return [];
      const value = expandIn(server, assignment.service, assignment.value);
      if (value === null) return [];
      const setting = assignment.name.slice(`${program}_tls_`.length);
      const isMandatory = setting.startsWith("mandatory_");
      const what = isMandatory ? setting.slice("mandatory_".length) : setting;
      const found = what === "protocols" ? aboutProtocols(value) : what === "ciphers" ? aboutGrade(value) : null;
      if (found === null) return [];
      return [
        problemOf(server, assignment, found, what === "ciphers" ? "medium" : lowest(isMandatory, postfixVersion)),
      ];
    }),
};

function aboutProtocols(value: string): string | null {
  const on = protocolsOn(value);
  if (on === null) return null;
  if (!on.has("tlsv1.2") && !on.has("tlsv1.3"))
    return "Neither TLSv1.2 nor TLSv1.3 is on: today's servers and clients speak nothing older.";
  return on.has("sslv3") || on.has("sslv2") ? "This leaves SSLv3 switched on, which is broken." : null;
}

function aboutGrade(value: string): string | null {
  const grade = lowerAscii(value);
  if (grade === "null") return "With null, connections have no encryption at all.";
  return WEAK_GRADES.has(grade) ? `The ${nameInMessage(grade)} ciphers can be broken.` : null;
}

/** What the default of today says, in words that the release understands. */
function lowest(isMandatory: boolean, version: PostfixVersion): string {
  if (hasSince(version, BOUNDS_SINCE)) return isMandatory ? ">=TLSv1.2" : ">=TLSv1";
  return isMandatory ? "!SSLv2, !SSLv3, !TLSv1, !TLSv1.1" : "!SSLv2, !SSLv3";
}

function problemOf(
  server: MailServer,
  { file, service, name, nameSpan, value, valueSpan }: Assignment,
  message: string,
  better: string,
): RuleProblem {
  const fix = {
    id: "obsolete-tls/raise",
    title: `Write ${name} = ${better} in ${baseName(file.path)}`,
    safety: "review",
    cost: "Whoever speaks nothing better cannot use TLS with this server any more.",
    reload: true,
  } as const;
  const canEdit = value !== "" && (service === null || !better.includes(" "));
  return {
    file,
    span: value === "" ? nameSpan : valueSpan,
    message,
    fixes: canEdit ? [editOffer(server, fix, file, [{ span: valueSpan, newText: better }])] : [],
  };
}
