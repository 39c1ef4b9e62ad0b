import type { Machine } from "../machine/machine.ts";
import {
  DELAY_BUCKETS,
  DELAY_STAGES,
  EARLY_MAIL_NUMBERS,
  EARLY_NUMBERS,
  FAILURE_NUMBERS,
  FLOW_BYTES,
  FLOW_KEYS,
  FLOW_TOTALS,
  type FlowCounts,
  type FlowHour,
  type FlowKeys,
  type FlowKeyTable,
  MAIL_NUMBERS,
  PROBLEM_NUMBERS,
  VOLUME_COLUMNS,
} from "./flow-counts.ts";

/** Places for mails, as assembly/flow/mails.ts has them. */
const MAIL_SLOTS = 32_768;
/** The numbers of the lists of assembly/flow/records.ts. */
const RECORDS = { early: 0, earlyMails: 1, deferred: 2, failures: 3 } as const;

/** What the machine has counted, as it lies in its memory. */
export function readFlow(machine: Machine): FlowCounts {
  const { calls } = machine;
  const records = (name: keyof typeof RECORDS, numbers: number): Float64Array =>
    machine.doubles(calls.firstRecord(RECORDS[name]), calls.recordCount(RECORDS[name]) * numbers);
  const earlyMails = records("earlyMails", EARLY_MAIL_NUMBERS);
  const tables = FLOW_KEYS.map((name, number) => [name, readKeys(machine, calls.keyCounts(number))] as const);
  return {
    totals: machine.doubles(calls.totalList(), FLOW_TOTALS.length + FLOW_BYTES),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made of exactly these names
    keys: Object.fromEntries(tables) as Record<FlowKeys, FlowKeyTable>,
    mails: machine.doubles(calls.mailSlots(), MAIL_SLOTS * MAIL_NUMBERS),
    mailCount: calls.mailCount(),
    early: records("early", EARLY_NUMBERS),
    earlyMails,
    earlySenders: machine.bytes().subarray(calls.earlySenders(), calls.earlySenders() + (earlyMails.at(-1) ?? 0)),
    deferred: records("deferred", 1),
    failures: records("failures", FAILURE_NUMBERS),
    delays: machine.doubles(calls.delayHistograms(), DELAY_STAGES * (DELAY_BUCKETS + 1)),
  };
}

/** @param entries how many there are @param ms when the hour began @param localMs the same on the reader's clocks */
export function readHour(machine: Machine, entries: number, ms: number, localMs: number): FlowHour {
  const { calls } = machine;
  const firstMinute = calls.firstMinute();
  const minutes = Math.max(0, calls.lastMinute() + 1 - firstMinute);
  const explaining = calls.explainingEntries() / 4;
  return {
    ms,
    localMs,
    volume: machine.doubles(calls.volumeByMinute() + firstMinute * VOLUME_COLUMNS * 8, minutes * VOLUME_COLUMNS),
    firstMinute,
    explaining: machine.numbers().subarray(explaining, explaining + calls.explainingCount()),
    problems: machine.doubles(calls.problemList(), entries * PROBLEM_NUMBERS),
  };
}

/** @param address of the table, whose numbers are listed in assembly/flow/key-counts.ts */
export function readKeys(machine: Machine, address: number): FlowKeyTable {
  const numbers = machine.numbers();
  const [size = 0, columns = 0, , slots = 0, hashes = 0, starts = 0, arena = 0, counts = 0, keys = 0] =
    numbers.subarray(address / 4);
  const behind = size === 0 ? 0 : (numbers[starts / 4 + size] ?? 0);
  return {
    size,
    slots: numbers.subarray(slots / 4, slots / 4 + keys * 2),
    hashes: numbers.subarray(hashes / 4, hashes / 4 + size),
    starts: numbers.subarray(starts / 4, starts / 4 + size + 1),
    arena: machine.bytes().subarray(arena, arena + behind),
    counts: machine.doubles(counts, size * columns),
  };
}
