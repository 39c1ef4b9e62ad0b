import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { effectiveValue } from "../effective.ts";
import type { MailServer } from "../mail-server.ts";
import { servicesRunning } from "../services.ts";
import { admissionOf, type ListWays, type Way, waysOf } from "./admission.ts";
import { type RecipientKind, STRANGER_REQUESTS, type StrangerRequest } from "./requests.ts";
import type { PolicyKnowledge } from "./restriction-effect.ts";
import { tableSummaries } from "./table-summary.ts";

/** Something a stranger may do after a change and might not before. */
export type Widening =
  | { readonly kind: "request"; readonly service: string; readonly request: StrangerRequest }
  /** A list of domains or networks that gained members. */
  | { readonly kind: "list"; readonly parameter: string; readonly added: readonly string[] };

const NO_POLICIES: PolicyKnowledge = { refusesOwnSenders: () => false };

/**
 * What a change may newly permit. Conservative: what is not listed is certainly no wider than before; what is listed may turn out not
 * to be wider after all.
 */
export function compareAdmission(
  before: MailServer,
  after: MailServer,
  policies: { readonly before: PolicyKnowledge; readonly after: PolicyKnowledge } = {
    before: NO_POLICIES,
    after: NO_POLICIES,
  },
): readonly Widening[] {
  const widenings: Widening[] = [];
  const summaries = tableSummaries();
  const old = new Map(smtpServices(before).map((service) => [keyOf(service), service]));
  for (const service of smtpServices(after)) {
    const earlier = old.get(keyOf(service));
    for (const request of STRANGER_REQUESTS) {
      const now = waysOf({ server: after, service, request, policies: policies.after, summaries, depth: 0 });
      const then =
        earlier === undefined
          ? null
          : waysOf({ server: before, service: earlier, request, policies: policies.before, summaries, depth: 0 });
      if (widens(then, now)) widenings.push({ kind: "request", service: keyOf(service), request });
    }
  }
  for (const parameter of GUARDED_LISTS) {
    const added = addedMembers(before, after, parameter);
    if (added.length > 0) widenings.push({ kind: "list", parameter, added });
  }
  return widenings;
}

/** A stranger may have mail relayed to other strangers. */
export function opensRelay(widenings: readonly Widening[]): boolean {
  return widenings.some((one) => one.kind === "request" && one.request.recipient === "foreign");
}

/** The widenings in words, one sentence a kind; empty if nothing widens. */
export function describeWidenings(widenings: readonly Widening[]): string {
  const sentences: string[] = [];
  const requests = widenings.flatMap((one) => (one.kind === "request" ? [one.request] : []));
  if (requests.some((request) => request.recipient === "foreign")) {
    sentences.push("Strangers may have mail relayed to other servers: an open relay.");
  }
  const classes = new Set(
    requests.filter((request) => request.sender === "foreign").map((request) => request.recipient),
  );
  const named = [...classes].filter((recipient) => recipient !== "foreign").map((recipient) => CLASS_WORDS[recipient]);
  if (named.length > 0)
    sentences.push(`Mail from strangers to ${named.join(", ")} that is refused now may be accepted.`);
  if (requests.some((request) => request.sender === "own" && request.recipient !== "foreign")) {
    sentences.push("A client that is not logged in may get mail accepted under one of your own sender addresses.");
  }
  for (const one of widenings) {
    if (one.kind === "list") sentences.push(`${one.parameter} gains ${one.added.join(", ")}.`);
  }
  return sentences.join(" ");
}

const CLASS_WORDS: Readonly<Record<RecipientKind, string>> = {
  foreign: "other servers",
  local: "local users",
  "virtual-alias": "virtual aliases",
  "virtual-mailbox": "virtual mailboxes",
  relay: "relay domains",
};

/** Whoever is added here may send, or have mail accepted, that could not before. */
const GUARDED_LISTS = ["mynetworks", "relay_domains"];

function smtpServices(server: MailServer): readonly (MasterService | null)[] {
  const running = servicesRunning(server, "smtpd");
  return running.length === 0 ? [null] : running;
}

function keyOf(service: MasterService | null): string {
  return service === null ? "smtpd" : `${service.name}/${service.type}`;
}

function widens(before: ListWays | null, after: ListWays): boolean {
  if (admissionOf(after) === "refused") return false;
  if (before === null || admissionOf(before) === "refused") return true;
  for (const [list, ways] of after) {
    const earlier = before.get(list) ?? [];
    if (!ways.every((way) => earlier.some((one) => isSubset(one, way)))) return true;
  }
  return false;
}

/** Whoever satisfies `way` satisfies `one` too: the earlier list let it pass. */
function isSubset(one: Way, way: Way): boolean {
  for (const condition of one) if (!way.has(condition)) return false;
  return true;
}

function addedMembers(before: MailServer, after: MailServer, parameter: string): readonly string[] {
  // Up to compatibility level 1 relay_domains holds $mydestination: a new name of the server itself is mail for it, not relaying.
  const old = new Set([...members(before, parameter), ...members(after, "mydestination")]);
  return members(after, parameter).filter((member) => !old.has(member));
}

function members(server: MailServer, parameter: string): readonly string[] {
  return (effectiveValue(server, parameter).expanded ?? "").split(/[\s,]+/).filter((member) => member !== "");
}
