import type { AfterStep } from "@postmaster/server/lsp/protocol.ts";

const SERVICE_NAMES: Readonly<Record<Extract<AfterStep, { kind: "restart" }>["service"], string>> = {
  postfix: "Postfix",
  iredapd: "iRedAPD",
  dovecot: "Dovecot",
  amavis: "Amavis",
};

/** What is left to do, as a sentence to show when a fix was applied. */
export function afterSummary(after: readonly AfterStep[], unsaved: boolean): string {
  const steps = [...(unsaved ? ["save the changed files"] : []), ...after.map(stepText)];
  return steps.length === 0 ? "Fixed." : `Fixed. To take effect: ${steps.join(", then ")}.`;
}

function stepText(step: AfterStep): string {
  if (step.kind === "reload") return "reload Postfix";
  if (step.kind === "restart") return `restart ${SERVICE_NAMES[step.service]}`;
  return `run ${step.kind} ${step.table}`;
}
