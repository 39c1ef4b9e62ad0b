import type { Machine } from "../machine/machine.ts";
import type { KnownTemplates } from "../template-list.ts";
import type { TemplateNames } from "../template-names.ts";
import type { FlowCounts, FlowHour } from "./flow-counts.ts";
import { type FlowMessages, flowPlans } from "./flow-plan.ts";
import { readFlow, readHour } from "./read-flow.ts";

/** What becomes of counts: they are to be added to something before the call returns. */
export interface FlowTaker {
  hour(counts: FlowHour): void;
  counts(counts: FlowCounts): void;
}

/**
 * Counts of plain lines that the machine keeps for one reader, as `scanLines` goes over them. Others are left to be visited; the visitor then has to call
 * `attend`. The machine has room for one reader's counts: they are handed to its taker when another begins to read, when room gets scarce and when asked for.
 */
export interface MailFlow {
  /** To be called before lines are read. */
  claim(): void;
  /** Lines that were passed without the machine's looking at them. */
  pass(lines: number): void;
  /** To be called once a visited line is counted. @param hour when the hour of the line's stamp began, ms since 1970; NaN for a day that is none */
  attend(hour: { readonly hourMs: number; readonly localHourMs: number }): void;
  /** A visited line tells of a mail that qmgr has to take up. @returns whether it was noted: else somebody else has to */
  awaitMail(mail: number): boolean;
  /** A visited line tells that qmgr takes a mail up. @param size bytes; -1: not told */
  takeUp(mail: number, size: number): KnownMail;
  /** Bytes of a mail, negative where they are not told; NaN where the lines counted here tell nothing of it. */
  sizeOf(mail: number): number;
  /** Hand over all that is counted: the part is complete, and the next line is the first of another. */
  finish(): void;
}

/** What the lines counted tell of a mail that qmgr takes up: that it came in and waits for it, that qmgr took it up before, or nothing. */
export type KnownMail = "awaited" | "taken" | "unknown";

/** Numbers of the machine (assembly/flow/mails.ts). */
const KNOWN_MAILS: ReadonlyMap<number, KnownMail> = new Map([
  [1, "awaited"],
  [0, "taken"],
]);

/** What an engine is to count by. */
export interface FlowOptions {
  readonly messages: FlowMessages;
  /** Of each bucket of the histograms of delays but the last the longest duration in it, ms. */
  readonly delayLimits: Float64Array;
}

/** About what the machine's tables of a flow take. */
const FLOW_BYTES = 6 * 1024 * 1024;

/** Bits of `flowState`. */
const FULL = 1;
const HOUR_UNKNOWN = 2;

/** Of one engine: all its flows count by the options of the first. */
export function createFlows(
  machine: Machine,
  known: KnownTemplates,
  names: TemplateNames,
): (options: FlowOptions, taker: FlowTaker) => MailFlow {
  const { calls } = machine;
  let isMade = false;
  let giveUp: (() => void) | null = null;

  function make({ messages, delayLimits }: FlowOptions): void {
    if (isMade) return;
    isMade = true;
    machine.reserve(FLOW_BYTES);
    const { byTemplate, plans } = flowPlans(known, names, messages);
    const addresses = plans.map((plan) => machine.put(plan));
    const placed = byTemplate.map((plan) => (plan > 0 ? (addresses[plan - 1] ?? 0) : plan));
    const limits = new Uint8Array(delayLimits.buffer, delayLimits.byteOffset, delayLimits.byteLength);
    calls.createFlow(machine.put(placed), known.entries.length, machine.put(limits));
    const [smtpd = 0, tlsproxy = 0, postscreen = 0, smtp = 0] = ["smtpd", "tlsproxy", "postscreen", "smtp"].map(
      (daemon) => machine.rowOf({ tagged: true, system: "postfix", daemon }),
    );
    calls.setFlowRows(smtpd, tlsproxy, postscreen, smtp);
  }

  return (options, taker) => {
    make(options);
    /** The next line's place in the part, while others count. */
    let line = 1;
    let hour: { readonly hourMs: number; readonly localHourMs: number } | null = null;

    function takeHour(): void {
      if (hour !== null) taker.hour(readHour(machine, known.entries.length, hour.hourMs, hour.localHourMs));
      hour = null;
    }

    function takeAll(): void {
      takeHour();
      taker.counts(readFlow(machine));
      calls.clearFlow();
    }

    function leave(): void {
      takeAll();
      line = calls.nextFlowLine();
    }

    return {
      claim() {
        if (giveUp === leave) return;
        giveUp?.();
        giveUp = leave;
        calls.setNextFlowLine(line);
      },
      pass(lines) {
        if (giveUp === leave) calls.setNextFlowLine(calls.nextFlowLine() + lines);
        else line += lines;
      },
      attend(present) {
        if (giveUp !== leave) return;
        const state = calls.flowState();
        if ((state & FULL) !== 0) takeAll();
        if ((state & HOUR_UNKNOWN) === 0 || Number.isNaN(present.hourMs)) return;
        takeHour();
        hour = { hourMs: present.hourMs, localHourMs: present.localHourMs };
        calls.beginHour(hour.hourMs, hour.localHourMs);
      },
      awaitMail: (mail) => giveUp === leave && calls.awaitMail(mail) === 1,
      takeUp(mail, size) {
        return (giveUp === leave ? KNOWN_MAILS.get(calls.takeUpMail(mail, size)) : undefined) ?? "unknown";
      },
      sizeOf: (mail) => (giveUp === leave ? calls.sizeOfMail(mail) : Number.NaN),
      finish() {
        line = 1;
        if (giveUp !== leave) return;
        takeAll();
        calls.setNextFlowLine(1);
      },
    };
  };
}
