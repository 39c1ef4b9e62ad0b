import type { PolicyKnowledge } from "../../model/admission/restriction-effect.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { restrictionWalks } from "../../model/restrictions.ts";
import { servicesRunning } from "../../model/services.ts";
import { addToList } from "../../syntax/python-settings/edit-python-settings.ts";
import {
  effectiveAssignment,
  type PythonSettings,
  parsePythonSettings,
} from "../../syntax/python-settings/parse-python-settings.ts";
import { requiredArgument } from "../arguments.ts";
import { REFUSAL_WORDS } from "../edit-words.ts";
import { NO_SERVER_REASON } from "../lines-to-add.ts";
import { type FixRequest, type Proposal, withheld } from "../proposal.ts";
import { removeEverywhere } from "../remove-everywhere.ts";

/** Where iRedAPD listens unless its settings say otherwise. */
const USUAL_PORT = 7777;

/** One operation: iRedAPD's plug-in switched on, and the restriction it replaces taken out of every list. */
export function iredapdPluginInstead(request: FixRequest): readonly Proposal[] {
  const { server, iredapd } = request.context;
  if (server === null) return withheld(NO_SERVER_REASON);
  if (iredapd === null) {
    return withheld(
      "iRedAPD's settings.py was not found. With iRedAPD on this server, name the file in postmaster.iredapdSettings; without it, use another fix.",
    );
  }
  const plugin = requiredArgument(request, "plugin");
  const settings = parsePythonSettings(iredapd.text);
  if (effectiveAssignment(settings, "plugins") === null)
    return withheld("settings.py does not set plugins, so what is switched on cannot be seen.");
  const port = portOf(settings);
  const isIredapd = (address: string): boolean => address.endsWith(`:${port}`);
  const unguarded = servicesWithout(server, isIredapd, requiredArgument(request, "restriction"));
  if (unguarded.length > 0) {
    return withheld(
      `Postfix does not ask iRedAPD (check_policy_service on port ${port}) in ${unguarded.join(", ")}: the plug-in would stop nobody there.`,
    );
  }
  const enabled = addToList(settings, "plugins", plugin);
  if (!enabled.ok) return withheld(`plugins in settings.py: ${REFUSAL_WORDS[enabled.reason]}.`);
  const removed = removeEverywhere(server, requiredArgument(request, "restriction"));
  if (!removed.ok) return withheld(removed.reason);

  const wasOn = enabled.edits.length === 0;
  const known: PolicyKnowledge = { refusesOwnSenders: isIredapd };
  const unknown: PolicyKnowledge = { refusesOwnSenders: () => false };
  const first = wasOn ? "the plug-in is on in settings.py already" : "the plug-in on in settings.py";
  return [
    {
      kind: "edit",
      files: [{ file: iredapd, edits: enabled.edits }, ...removed.files],
      detail: `${first}, the restriction out of ${removed.places}`,
      // iRedAPD first: between the two steps the check must not be missing.
      after: wasOn ? [{ kind: "reload" }] : [{ kind: "restart", service: "iredapd" }, { kind: "reload" }],
      policies: { before: wasOn ? known : unknown, after: known },
    },
  ];
}

function portOf(settings: PythonSettings): number {
  const value = effectiveAssignment(settings, "listen_port")?.value;
  if (value?.kind === "number") return value.value;
  if (value?.kind === "string" && /^\d{1,5}$/.test(value.value)) return Number(value.value);
  return USUAL_PORT;
}

/** Services that use the restriction and never ask the policy server. */
function servicesWithout(
  server: MailServer,
  isPolicy: (address: string) => boolean,
  restriction: string,
): readonly string[] {
  const running = servicesRunning(server, "smtpd");
  const names: string[] = [];
  for (const service of running.length === 0 ? [null] : running) {
    const steps = restrictionWalks(server, service).flatMap((walk) => walk.steps);
    const uses = steps.some((step) => step.name === restriction);
    const asks = steps.some((step) => step.name === "check_policy_service" && isPolicy(step.argument ?? ""));
    if (uses && !asks) names.push(service === null ? "main.cf" : `the service ${service.name}`);
  }
  return names;
}
