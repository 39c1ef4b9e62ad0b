import { latin1 } from "../ascii.ts";
import { lineEnd, readEnvelope } from "../envelope.ts";
import type { LineScanner } from "../line-scanner.ts";
import { LONGEST_MESSAGE, type Machine } from "../machine/machine.ts";
import type { FieldFinder } from "./field-finder.ts";
import { type HeaderMemory, LOG_LEVELS } from "./header-memory.ts";
import {
  ENTRY,
  HOST_END,
  HOST_START,
  LEVEL,
  LINE_START,
  MESSAGE,
  MESSAGE_END,
  MESSAGE_START,
  POSITIONS,
  SHOWN,
  STAMP,
  WRITER,
} from "./line-record.ts";
import type { KnownProgram, ProgramList } from "./programs.ts";

/** What a scanner knows of a line. */
export type LineFacts = Omit<LineScanner, "scan" | "scanLines" | "find" | "valueStart" | "valueEnd">;

export type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Fills the facts of one scanner's line. */
export interface LineTaker {
  /** Take what the machine has read. @param bytes in which it lies */
  take(bytes: Uint8Array): void;
  /**
   * Read a line that the machine could not.
   * @param bytesNow the bytes in which it lies: the machine's are others once its memory has grown, which it may while a new program is learned
   * @param origin what is to be added to a place in `bytes` to get its address; null where the line does not lie in the machine's memory
   */
  readInFull(bytesNow: () => Uint8Array, start: number, end: number, origin: number | null): void;
}

export interface TakerParts {
  readonly machine: Machine;
  readonly headers: HeaderMemory;
  readonly finder: FieldFinder;
  readonly programs: ProgramList;
  /** 1 where messages are not looked up, else 0. */
  readonly entriesOnly: number;
}

export function createLineTaker(line: Mutable<LineFacts>, parts: TakerParts): LineTaker {
  const { machine, headers, finder, programs, entriesOnly } = parts;
  const { calls, scratch } = machine;
  const record = calls.lineRecord() / 4;
  /** By the machine's numbers of writers. */
  let programOf: KnownProgram[] = [];
  let generation = headers.generation();

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

  /** @param text in which it lies, if that is not the machine's memory */
  function matchMessage(text: Uint8Array | null, origin: number | null): void {
    const { messageStart, program } = line;
    const end = Math.min(line.messageEnd, messageStart + LONGEST_MESSAGE);
    const zero = origin ?? scratch - messageStart;
    if (text !== null) machine.bytes().set(text.subarray(messageStart, end), scratch);
    calls.setOrigin(zero);
    calls.matchLine(messageStart + zero, end + zero, program.row, entriesOnly);
  }

  return {
    take(bytes) {
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
    },
    readInFull(bytesNow, start, end, origin) {
      const bytes = bytesNow();
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
      line.messageStart = from + message.start;
      line.messageEnd = from + message.end;
      if (origin !== null) headers.keep(envelope, bytesNow(), start, stop, start + origin);
      if (text === null && origin !== null) matchMessage(null, origin);
      else matchMessage(text ?? bytesNow(), null);
      line.text = text ?? bytesNow();
      takeMatch();
    },
  };
}
