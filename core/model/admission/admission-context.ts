import { parseBoolean } from "../../syntax/value/boolean.ts";
import { effectiveValue } from "../effective.ts";
import type { LookupContext } from "../lookup/look-up.ts";
import { servicesRunning } from "../services.ts";
import { type Assumption, assumedEntry } from "./assumptions.ts";
import { type Reply, type ReplyClass, replyCode, replyOf } from "./reply.ts";
import { type ResolvedAddress, resolveAddress } from "./resolve-address.ts";
import { type AdmissionSession, type Said, type Stage, saidUntil } from "./session.ts";
import { spokenAddress } from "./spoken-address.ts";

/** What a walk through the lists of one service needs. */
export interface AdmissionContext {
  /** Tables, as the service sees them. */
  readonly tables: LookupContext;
  /** Tables as trivial-rewrite(8) sees them: an `-o` of an smtpd service does not reach it. */
  readonly rewriting: LookupContext;
  readonly session: AdmissionSession;
  readonly assumptions: readonly Assumption[];
  readonly resolve: (address: string) => Promise<ResolvedAddress>;
}

/** Where a walk is: the list, and what a refusal without words of its own names. */
export interface Position {
  readonly stage: Stage;
  readonly said: Said;
  readonly replyName: string;
  readonly replyClass: ReplyClass;
}

export function admissionContext(
  tables: LookupContext,
  asked: AdmissionSession,
  assumptions: readonly Assumption[],
): AdmissionContext {
  const session = { ...asked, sender: spokenAddress(asked.sender), recipient: spokenAddress(asked.recipient) };
  /** With its quotes an address says which of its characters route. */
  const written = new Map([
    [session.sender, asked.sender],
    [session.recipient, asked.recipient],
  ]);
  const told: LookupContext = {
    ...tables,
    answerFor: (table, key) => assumedEntry(assumptions, table, key) ?? tables.answerFor(table, key),
  };
  const [rewrite = null] = servicesRunning(told.server, "trivial-rewrite");
  const rewriting: LookupContext = { ...told, service: rewrite };
  const known = new Map<string, Promise<ResolvedAddress>>();
  const resolve = (address: string): Promise<ResolvedAddress> => {
    const earlier = known.get(address);
    if (earlier !== undefined) return earlier;
    const answer = resolveAddress(rewriting, written.get(address) ?? address);
    known.set(address, answer);
    return answer;
  };
  return { tables: told, rewriting, session, assumptions, resolve };
}

export function positionAt(
  context: AdmissionContext,
  stage: Stage,
  replyName: string,
  replyClass: ReplyClass,
): Position {
  return { stage, said: saidUntil(context.session, stage), replyName, replyClass };
}

/** A parameter as the service sees it; empty if it has no value. */
export function settingOf(context: AdmissionContext, parameter: string): string {
  return effectiveValue(context.tables.server, parameter, context.tables.service).expanded ?? "";
}

export function isOn(context: AdmissionContext, parameter: string): boolean {
  return parseBoolean(settingOf(context, parameter)) === true;
}

/** A reply whose code is a parameter. */
export function replyBy(context: AdmissionContext, parameter: string, enhanced: string, text: string): Reply {
  return replyOf(replyCode(context.tables.server, context.tables.service, parameter), enhanced, text);
}
