import { LF, latin1 } from "../ascii.ts";
import { lineEnd, readEnvelope } from "../envelope.ts";
import type { LineScanner, LineVisitor, ScanNames } from "../line-scanner.ts";
import { LONGEST_MESSAGE, type Machine } from "../machine/machine.ts";
import type { Sought } from "../matcher.ts";
import type { KnownTemplates } from "../template-list.ts";
import type { TemplateNames } from "../template-names.ts";
import { createFieldFinder, createFieldNames } from "./field-finder.ts";
import { createHeaderMemory, LOG_LEVELS } from "./header-memory.ts";
import { createProgramList, type KnownProgram } from "./programs.ts";

/** What the scanners of one engine share. */
export interface ScannerMaker {
  readonly names: ScanNames;
  create(goal: Sought): LineScanner;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Where in the record of a line (assembly/lines.ts) its numbers lie; its first two places are the pid, one number of eight bytes. */
const PASSED = 2;
const LINE_START = 3;
const LINE_END = 4;
const HOST_START = 5;
const HOST_END = 6;
const WRITER = 7;
const LEVEL = 8;
const STAMP = 9;
const MESSAGE_START = 10;
const MESSAGE_END = 11;
const MESSAGE = 12;
const ENTRY = 13;
const SHOWN = 14;
const POSITIONS = 15;

/** What `nextLine` answers besides that a line is unread. */
const NO_MORE = 0;
const READ = 1;

export function createScannerMaker(known: KnownTemplates, names: TemplateNames, machine: Machine): ScannerMaker {
  const { calls, scratch } = machine;
  const fields = createFieldNames();
  calls.setNumbers(machine.put(known.messageOf), machine.put(known.entryOf));
  const headers = createHeaderMemory(machine);
  const record = calls.lineRecord() / 4;

  function create(goal: Sought): LineScanner {
    const entriesOnly = goal === "entry" ? 1 : 0;
    const programs = createProgramList(machine);
    /** By the machine's numbers of writers. */
    let programOf: KnownProgram[] = [];
    let generation = headers.generation();
    const finder = createFieldFinder(fields, known.texts.length, (template) => names.fieldsOf(template));
    const line: Mutable<LineScanner> = {
      time: null,
      hostStart: -1,
      hostEnd: -1,
      program: programs.add(null, null, null),
      pid: -1,
      level: "info",
      repeated: 1,
      text: new Uint8Array(0),
      messageStart: 0,
      messageEnd: 0,
      message: -1,
      entry: -1,
      valueStart: 0,
      valueEnd: 0,
      scan,
      scanLines,
      find,
    };

    function scan(bytes: Uint8Array, start: number, end: number): void {
      const stop = Math.min(end, bytes.length);
      const origin = scratch - start;
      const fits = stop - start <= LONGEST_MESSAGE;
      if (fits) machine.bytes().set(bytes.subarray(start, stop), scratch);
      if (fits && calls.scanLine(scratch, stop + origin, origin, entriesOnly) === 1) take(bytes);
      else readInFull(bytes, start, stop, fits ? origin : null);
    }

    function scanLines(
      bytes: Uint8Array,
      start: number,
      end: number,
      which: "all" | "explained",
      visit: LineVisitor,
    ): number {
      if (bytes.buffer !== machine.bytes().buffer) return scanElsewhere(bytes, start, end, which, visit);
      const explainedOnly = which === "explained" ? 1 : 0;
      const behind = bytes.byteOffset + end;
      let at = bytes.byteOffset + start;
      let count = 0;
      for (;;) {
        const answer = calls.nextLine(at, behind, entriesOnly, explainedOnly);
        const numbers = machine.numbers();
        count += numbers[record + PASSED] ?? 0;
        if (answer === NO_MORE) return count;
        const lineStart = numbers[record + LINE_START] ?? 0;
        const stop = numbers[record + LINE_END] ?? 0;
        const memory = machine.bytes();
        if (answer === READ) take(memory);
        else readInFull(memory, lineStart, stop, 0);
        if (explainedOnly === 0 || line.entry !== -1) visit(memory, lineStart, stop, count);
        at = stop + 1;
        count += 1;
      }
    }

    function scanElsewhere(
      bytes: Uint8Array,
      start: number,
      end: number,
      which: "all" | "explained",
      visit: LineVisitor,
    ): number {
      let count = 0;
      for (let at = start; at < end; count += 1) {
        const feed = bytes.indexOf(LF, at);
        const stop = feed === -1 ? end : Math.min(feed, end);
        scan(bytes, at, stop);
        if (which === "all" || line.entry !== -1) visit(bytes, at, stop, count);
        at = stop + 1;
      }
      return count;
    }

    /** What the machine has read. */
    function take(bytes: Uint8Array): void {
      const numbers = machine.numbers();
      line.time = headers.timeOf(numbers[record + STAMP] ?? 0, bytes, numbers[record + LINE_START] ?? 0);
      line.hostStart = numbers[record + HOST_START] ?? 0;
      line.hostEnd = numbers[record + HOST_END] ?? 0;
      line.program = programBy(numbers[record + WRITER] ?? 0);
      line.pid = machine.numberAt(record * 4);
      line.level = LOG_LEVELS[numbers[record + LEVEL] ?? 0] ?? "info";
      line.repeated = 1;
      line.text = bytes;
      line.messageStart = numbers[record + MESSAGE_START] ?? 0;
      line.messageEnd = numbers[record + MESSAGE_END] ?? 0;
      takeMatch();
    }

    function takeMatch(): void {
      const numbers = machine.numbers();
      line.message = numbers[record + MESSAGE] ?? -1;
      line.entry = numbers[record + ENTRY] ?? -1;
      finder.begin(numbers[record + SHOWN] ?? -1, line.text, numbers, (numbers[record + POSITIONS] ?? 0) / 4);
    }

    function programBy(writer: number): KnownProgram {
      if (generation !== headers.generation()) {
        generation = headers.generation();
        programOf = [];
      }
      const met = programOf[writer];
      if (met !== undefined) return met;
      const { tag, daemon, system } = headers.writerOf(writer);
      const program = programs.add(tag, daemon, system);
      programOf[writer] = program;
      return program;
    }

    /** @param origin what is to be added to a place in `bytes` to get its address; null where the line does not lie in the machine's memory */
    function readInFull(bytes: Uint8Array, start: number, end: number, origin: number | null): void {
      const stop = lineEnd(bytes, start, end);
      const envelope = readEnvelope(bytes, start, stop);
      const { hostSpan, programSpan, text, message } = envelope;
      const tag = programSpan === null ? null : latin1(bytes, start + programSpan.start, start + programSpan.end);
      const from = text === null ? start : 0;
      line.time = envelope.time;
      line.hostStart = hostSpan === null ? -1 : start + hostSpan.start;
      line.hostEnd = hostSpan === null ? -1 : start + hostSpan.end;
      line.program = programs.add(tag, envelope.daemon, envelope.system);
      line.pid = envelope.pid ?? -1;
      line.level = envelope.level;
      line.repeated = envelope.repeated;
      line.text = text ?? bytes;
      line.messageStart = from + message.start;
      line.messageEnd = from + message.end;
      if (origin !== null) headers.keep(envelope, bytes, start, stop, start + origin);
      matchMessage(text === null ? origin : null);
      takeMatch();
    }

    function matchMessage(origin: number | null): void {
      const { messageStart, program, text } = line;
      const end = Math.min(line.messageEnd, messageStart + LONGEST_MESSAGE);
      const zero = origin ?? scratch - messageStart;
      if (origin === null) machine.bytes().set(text.subarray(messageStart, end), scratch);
      calls.setOrigin(zero);
      calls.matchLine(messageStart + zero, end + zero, program.row, entriesOnly);
    }

    function find(field: number): boolean {
      if (!finder.find(field)) return false;
      line.valueStart = finder.start;
      line.valueEnd = finder.end;
      return true;
    }

    return line;
  }

  return {
    names: {
      get messages() {
        return known.messages.all();
      },
      get entries() {
        return known.entries.all();
      },
      field: (name) => fields.numberOf(name),
    },
    create,
  };
}
