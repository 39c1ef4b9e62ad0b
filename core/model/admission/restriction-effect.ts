import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { effectiveValue } from "../effective.ts";
import type { MailServer } from "../mail-server.ts";
import { type RestrictionStep, stepsOfText } from "../restrictions.ts";
import { specOf, tablesIn } from "../table-specs.ts";
import type { StrangerRequest } from "./requests.ts";
import type { Summaries, TableSummary } from "./table-summary.ts";

export type Likelihood = "never" | "maybe" | "always";

/** What one restriction may do with a kind of request. */
export interface RestrictionEffect {
  readonly permits: Likelihood;
  readonly refuses: Likelihood;
}

/** Facts about policy servers that the configuration itself does not tell. */
export interface PolicyKnowledge {
  /** The policy server at this address refuses own senders that are not logged in. */
  readonly refusesOwnSenders: (address: string) => boolean;
}

/** A kind of request at one service of a server. */
export interface Asked {
  readonly server: MailServer;
  readonly service: MasterService | null;
  readonly request: StrangerRequest;
  readonly policies: PolicyKnowledge;
  readonly summaries: Summaries;
  /** How many tables named each other on the way here. */
  readonly depth: number;
}

/** Tables that name classes that name tables: beyond this, anything may happen. */
const DEEPEST = 5;

const UNKNOWN: RestrictionEffect = { permits: "maybe", refuses: "maybe" };
const NOTHING: RestrictionEffect = { permits: "never", refuses: "never" };
const MAY_PERMIT: RestrictionEffect = { permits: "maybe", refuses: "never" };
const MAY_REFUSE: RestrictionEffect = { permits: "never", refuses: "maybe" };
const REFUSES: RestrictionEffect = { permits: "never", refuses: "always" };
const PERMITS: RestrictionEffect = { permits: "always", refuses: "never" };

/** Those that need what no stranger has. */
const NOT_FOR_STRANGERS = new Set(["permit_sasl_authenticated", "permit_inet_interfaces", "permit_tls_clientcerts"]);
const LOGIN_CHECKS = new Set([
  "reject_sender_login_mismatch",
  "reject_unauthenticated_sender_login_mismatch",
  "reject_known_sender_login_mismatch",
]);
/** Their tables may not say OK: smtpd answers 451 if one does. */
const NO_PERMIT = new Set(
  ["a", "mx", "ns"].flatMap((record) =>
    ["client", "reverse_client_hostname", "helo", "sender", "recipient"].map(
      (what) => `check_${what}_${record}_access`,
    ),
  ),
);

/** What smtpd(8) does with a kind of stranger's request at one step. Where it depends, `maybe`. */
export function restrictionEffect(asked: Asked, step: RestrictionStep): RestrictionEffect {
  const effect = armedEffect(asked, step);
  return step.warnOnly ? { ...effect, refuses: "never" } : effect;
}

function armedEffect(asked: Asked, step: RestrictionStep): RestrictionEffect {
  const { server, service, request, policies } = asked;
  const { name } = step;
  if (step.kind === "unknown") return NOTHING;
  if (name === "permit") return PERMITS;
  if (name === "reject" || name === "defer") return REFUSES;
  if (name === "permit_mynetworks") return networksHoldEveryone(server, service) ? PERMITS : NOTHING;
  if (NOT_FOR_STRANGERS.has(name)) return NOTHING;
  if (name === "reject_unauth_destination" || name === "defer_unauth_destination") {
    return request.recipient === "foreign" ? REFUSES : NOTHING;
  }
  if (name === "permit_auth_destination") return request.recipient === "foreign" ? NOTHING : PERMITS;
  if (LOGIN_CHECKS.has(name)) {
    const owned = (effectiveValue(server, "smtpd_sender_login_maps", service).expanded ?? "") !== "";
    return owned && request.sender === "own" ? REFUSES : NOTHING;
  }
  if (name === "reject_authenticated_sender_login_mismatch") return NOTHING;
  if (name === "check_policy_service") {
    const refused = request.sender === "own" && policies.refusesOwnSenders(step.argument ?? "");
    return refused ? REFUSES : UNKNOWN;
  }
  if (name.startsWith("check_")) return tableEffect(asked, step);
  if (name.startsWith("permit")) return MAY_PERMIT;
  return MAY_REFUSE;
}

function tableEffect(asked: Asked, step: RestrictionStep): RestrictionEffect {
  const summary = summaryAt(asked, step);
  if (summary === null || asked.depth >= DEEPEST) return UNKNOWN;
  const deeper = { ...asked, depth: asked.depth + 1 };
  const nested = nestedSteps(asked, summary).map((one) => effectOrUnknown(deeper, one));
  const mayPermit = summary.effects.has("permit") || nested.some((effect) => effect.permits !== "never");
  const mayRefuse = summary.effects.has("refuse") || nested.some((effect) => effect.refuses !== "never");
  const permitCounts = mayPermit && !NO_PERMIT.has(step.name);
  return { permits: permitCounts ? "maybe" : "never", refuses: mayRefuse ? "maybe" : "never" };
}

/** A word of a table that Postfix may read as something we do not know must be feared. */
function effectOrUnknown(asked: Asked, step: RestrictionStep): RestrictionEffect {
  return step.kind === "unknown" ? UNKNOWN : restrictionEffect(asked, step);
}

/** The restrictions that right-hand sides name, resolved through the restriction classes. */
function nestedSteps(asked: Asked, summary: TableSummary): readonly RestrictionStep[] {
  return summary.named.flatMap((action) => stepsOfText(asked.server, asked.service, action));
}

/**
 * Everything that decides what a step says to this kind of request: its words, which are all of an `inline:` table, the contents of the
 * tables they name, and those restrictions its table names that matter to the request. Two steps of equal identity give equal answers.
 */
export function checkIdentity(asked: Asked, step: RestrictionStep): string {
  const summary = summaryAt(asked, step);
  const contents = [`${step.name} ${step.argument ?? ""}`, ...contentIds(asked, step)].join(" #");
  if (summary === null || asked.depth >= DEEPEST) return contents;
  const deeper = { ...asked, depth: asked.depth + 1 };
  const nested = nestedSteps(asked, summary).filter((one) => {
    const effect = effectOrUnknown(deeper, one);
    return effect.permits !== "never" || effect.refuses !== "never";
  });
  return [contents, ...nested.map((one) => checkIdentity(deeper, one))].join("\n");
}

/** Of its table, or of those that `unionmap:` and `pipemap:` put together. */
function contentIds({ server, summaries }: Asked, { argument }: RestrictionStep): readonly (number | null)[] {
  return tablesIn(argument ?? "").map((reference) => {
    const table = server.tables.get(specOf(reference));
    return (table === undefined ? null : summaries(table)?.contentId) ?? null;
  });
}

function summaryAt(asked: Asked, step: RestrictionStep): TableSummary | null {
  const table = step.table === null ? undefined : asked.server.tables.get(step.table);
  return table === undefined ? null : asked.summaries(table);
}

function networksHoldEveryone(server: MailServer, service: MasterService | null): boolean {
  const networks = effectiveValue(server, "mynetworks", service).expanded ?? "";
  return networks.split(/[\s,]+/).some((network) => network.endsWith("/0") && !network.startsWith("!"));
}
