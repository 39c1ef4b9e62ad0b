import { DELIVERY_NAMES, ENVELOPE_NAMES, ENVELOPE_STARTS, LOGIN_NAMES } from "../field-tails.ts";
import type { MatcherTables, TableSource } from "../matching/tables.ts";
import { createRowFinder, type Writer, type WriterRow } from "../matching/writers.ts";
import { encodeUtf8 } from "../utf8.ts";
import { machineCode } from "./machine-code.ts";

/**
 * Bytes of a message that are looked at. Longer ones are matched on their beginning; no program writes a line of that
 * length on purpose.
 */
export const LONGEST_MESSAGE = 65_536;

/** What the machine's program offers (core/log/assembly). Addresses are offsets in its memory; flags are 0 and 1. */
export interface MachineCalls {
  allocate(bytes: number): number;
  createRow(bit: number): WriterRow;

  match(start: number, end: number, row: WriterRow, entriesOnly: number): void;
  messageFound(): number;
  entryFound(): number;
  mayBeExplained(): number;
  messagePositions(): number;
  entryPositions(): number;
  setOrigin(address: number): void;

  setNumbers(messages: number, entries: number): void;
  setHashSeed(seed: number): void;
  setLevels(kind: number, words: number): void;
  lineRecord(): number;
  nextLine(start: number, end: number, entriesOnly: number, wanted: number): number;
  scanLine(start: number, end: number, origin: number, entriesOnly: number): number;
  matchLine(start: number, end: number, row: WriterRow, entriesOnly: number): void;
  keepHeader(
    line: number,
    stampLength: number,
    clock: number,
    fractionStart: number,
    fractionEnd: number,
    tagStart: number,
    hostStart: number,
    hostEnd: number,
  ): number;
  learnTag(start: number, end: number, kind: number, row: WriterRow): number;
  learnService(tag: number, start: number, end: number, row: WriterRow): number;
  forgetWriters(): void;

  setTally(counts: number, settled: number, visitedLevels: number): void;

  createFlow(plans: number, entries: number, delayLimits: number): void;
  setFlowRows(smtpd: WriterRow, tlsproxy: WriterRow, postscreen: WriterRow, smtp: WriterRow): void;
  clearFlow(): void;
  flowState(): number;
  nextFlowLine(): number;
  setNextFlowLine(line: number): void;
  beginHour(ms: number, localMs: number): void;
  awaitMail(mail: number): number;
  takeUpMail(mail: number, size: number): number;
  sizeOfMail(mail: number): number;
  totalList(): number;
  keyCounts(number: number): number;
  createKeyCounts(columns: number, fold: number, keys: number, arenaBytes: number): number;
  clearKeyCounts(table: number): void;
  hasRoomFor(table: number, keys: number, bytes: number): number;
  mergeKeys(table: number, size: number, hashes: number, starts: number, arena: number, counts: number): void;
  mailSlots(): number;
  mailCount(): number;
  firstRecord(list: number): number;
  recordCount(list: number): number;
  earlySenders(): number;
  delayHistograms(): number;
  volumeByMinute(): number;
  firstMinute(): number;
  lastMinute(): number;
  problemList(): number;
  explainingEntries(): number;
  explainingCount(): number;
}

/**
 * The program that reads lines, in WebAssembly: it is fast from its first line on, where JavaScript has to warm up. It has a memory of its own, in which the
 * compiled templates lie and where lines must lie to be read.
 */
export interface Machine {
  readonly calls: MachineCalls;
  /** The whole memory. Ask anew after any call: when the memory grows, earlier arrays become empty. */
  bytes(): Uint8Array;
  numbers(): Int32Array;
  /** The eight bytes at an address as one number. */
  numberAt(address: number): number;
  /** Numbers of eight bytes from an address on. */
  doubles(address: number, count: number): Float64Array;
  /** Have room for so many bytes more than for lines and for what is remembered of headers: to grow in the middle of lines costs time. */
  reserve(bytes: number): void;
  /** Copy something into the memory, for good. @returns its address */
  put(data: Uint8Array | Int32Array): number;
  /** Whose templates are tried on the lines of a writer. Few differ: keep it. */
  rowOf(writer: Writer): WriterRow;
  /** A place for one line: up to LONGEST_MESSAGE bytes, good until somebody else uses it. */
  readonly scratch: number;
}

/** What the standard library of the language has no types for: the WebAssembly JavaScript interface (W3C). */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (program: object) => { readonly exports: unknown };
};

/** Numbers of a place in the table of keys. */
const SLOT_NUMBERS = 2;
/** Numbers of a key. */
const KEY_NUMBERS = 6;
/** As a program in WebAssembly counts its memory. */
const PAGE = 65_536;
/** Bytes of memory behind whatever a line lies in: it is looked at in steps, the last of which may reach beyond it, by less than half of that. */
export const MARGIN = 64;
/** What a row costs at most: its sets, and two views with a filter and a list. */
const ROW_BYTES = 40_000;
/** So many are sooner tried one by one, and what walks the tree need not be compiled on most logs. With 8 reading took 6 % longer, with 64 as long. */
const TRIED_ALONE = 32;
/** For lines that are read in blocks, and what is remembered of headers. */
const WORKING_BYTES = 2 * 1024 * 1024;

/** @param triedAlone where a message may be an instance of so many templates and no more, they are tried one by one, without the tree: what is found is the same */
export function createMachine(source: TableSource, triedAlone = TRIED_ALONE): Machine {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the program exports, which is compiled with these sources
  const calls = new WebAssembly.Instance(programOf()).exports as MachineCalls & Setting;
  const { memory } = calls;
  let bytes = new Uint8Array(memory.buffer);
  let numbers = new Int32Array(memory.buffer);
  let long = new Float64Array(memory.buffer);

  function refresh(): void {
    if (bytes.length > 0) return;
    bytes = new Uint8Array(memory.buffer);
    numbers = new Int32Array(memory.buffer);
    long = new Float64Array(memory.buffer);
  }

  function put(data: Uint8Array | Int32Array): number {
    if (data.buffer === memory.buffer) return data.byteOffset;
    const address = calls.allocate(data.byteLength);
    refresh();
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), address);
    return address;
  }

  function reserve(size: number): void {
    memory.grow(Math.ceil(size / PAGE));
  }

  function roomForTables(size: number): Uint8Array {
    // What is put there next must find room too: arrays in the memory become empty when it grows.
    reserve(size + LONGEST_MESSAGE + WORKING_BYTES);
    const address = calls.allocate(size);
    refresh();
    return bytes.subarray(address, address + size);
  }

  const tables = source(roomForTables);
  const { code, labels, ends, keys, root, depth, writers } = tables;
  if (code.buffer !== memory.buffer) reserve(sizeOf(tables) + LONGEST_MESSAGE + WORKING_BYTES);
  calls.setTables(put(code), put(labels), put(ends), ends.length);
  calls.setKeys(put(keys.bytes), put(keys.table), keys.table.length / SLOT_NUMBERS, put(keys.users), LONGEST_MESSAGE);
  calls.setKeyList(put(keys.list), keys.list.length / KEY_NUMBERS, put(keys.members), put(keys.kinds));
  calls.setKeyless(put(keys.verbs), keys.verbs.length, put(keys.keyless), keys.keyless.length);
  calls.setMatcher(root, depth, LONGEST_MESSAGE, triedAlone);
  const [envelope = 0, delivery = 0, login = 0, starts = 0] = [
    ENVELOPE_NAMES,
    DELIVERY_NAMES,
    LOGIN_NAMES,
    ENVELOPE_STARTS,
  ].map((names) => put(nameList(names)));
  calls.setTails(envelope, delivery, login, starts);
  const scratch = calls.allocate(LONGEST_MESSAGE + MARGIN);
  calls.setWriters(put(writers.masks), writers.words, writers.words === 0 ? 0 : writers.masks.length / writers.words);
  reserve(writers.words * 32 * ROW_BYTES);
  const rowOf = createRowFinder(writers.systems, (bit) => calls.createRow(bit));

  return {
    calls,
    bytes() {
      refresh();
      return bytes;
    },
    numbers() {
      refresh();
      return numbers;
    },
    numberAt(address) {
      refresh();
      return long[address / 8] ?? 0;
    },
    doubles(address, count) {
      refresh();
      return long.subarray(address / 8, address / 8 + count);
    },
    reserve,
    put,
    rowOf,
    scratch,
  };
}

/** What is only called to begin with. */
interface Setting {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  setTables(code: number, labels: number, ends: number, endCount: number): void;
  setKeys(bytes: number, table: number, slots: number, users: number, longestMessage: number): void;
  setKeyList(list: number, count: number, members: number, kinds: number): void;
  setKeyless(verbs: number, verbCount: number, keyless: number, keylessCount: number): void;
  setMatcher(root: number, depth: number, longestMessage: number, triedAlone: number): void;
  setWriters(masks: number, words: number, sets: number): void;
  setTails(envelope: number, delivery: number, login: number, envelopeStarts: number): void;
}

let program: object | null = null;

function programOf(): object {
  program ??= new WebAssembly.Module(machineCode());
  return program;
}

/** Names one after the other, each behind its length; a length of 0 ends the list. */
function nameList(names: readonly string[]): Uint8Array {
  return Uint8Array.from([...names.flatMap((name) => [name.length, ...encodeUtf8(name)]), 0]);
}

/** About what the tables take in the memory. */
function sizeOf({ code, labels, ends, keys, writers }: MatcherTables): number {
  const ofKeys = keys.bytes.length + keys.table.byteLength + keys.users.byteLength + keys.list.byteLength;
  const byEnd = ends.byteLength * 4;
  return code.byteLength + labels.length + byEnd + ofKeys + writers.masks.byteLength;
}
