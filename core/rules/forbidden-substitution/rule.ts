import { effectiveValue } from "../../model/effective.ts";
import { parseReplacement } from "../../model/lookup/expand-replacement.ts";
import { WITHOUT_GROUPS } from "../../model/lookup/without-groups.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { servicesRunning } from "../../model/services.ts";
import { specOf, tablesIn } from "../../model/table-specs.ts";
import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { onceEach } from "../once-each.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { textFor } from "../settings-of.ts";

export const forbiddenSubstitution: Rule = {
  id: "forbidden-substitution",
  title: "A $number in a table that decides where mail goes",
  severity: "error",
  manualUrl: "https://www.postfix.org/transport.5.html",
  check: (server) =>
    onceEach(
      [...WITHOUT_GROUPS].flatMap(([parameter, { command, ignoresProxy }]) =>
        readers(server, command).flatMap((service) => problemsOf(server, service, parameter, ignoresProxy)),
      ),
    ),
};

/** What takes mail for the users of this machine, and for virtual mailboxes. */
const TRANSPORT = { local: "local_transport", virtual: "virtual_transport" };

/** The services that certainly open such tables; null: the program as main.cf alone has it. */
function readers(
  server: MailServer,
  command: "trivial-rewrite" | "local" | "virtual",
): readonly (MasterService | null)[] {
  const running = servicesRunning(server, command);
  if (command === "trivial-rewrite") return running.length === 0 ? [null] : running;
  const [transport = ""] = textFor(server, null, TRANSPORT[command]).split(":");
  if (server.master === null) return transport === command ? [null] : [];
  return running.filter(({ name }) => name === transport);
}

function problemsOf(
  server: MailServer,
  service: MasterService | null,
  parameter: string,
  ignoresProxy: boolean,
): readonly RuleProblem[] {
  const references = tablesIn(effectiveValue(server, parameter, service).expanded ?? "");
  return references.flatMap((reference) => {
    const content = server.tables.get(specOf(reference))?.content;
    if (content?.kind !== "pattern" || (reference.proxied && !ignoresProxy)) return [];
    return content.tree.rules
      .filter(({ kind, negated, replacement }) => kind === "pattern" && !negated && needsGroups(replacement))
      .map(({ replacementSpan }) => ({
        file: content.file,
        span: replacementSpan,
        message: `${parameter} may not take a part of the address into its result: Postfix skips the rule.`,
        postfix: printable("regular expression substitution is not allowed: skipping this rule", content.file.encoding),
      }));
  });
}

function needsGroups(replacement: string): boolean {
  return parseReplacement(replacement).kind === "template";
}
