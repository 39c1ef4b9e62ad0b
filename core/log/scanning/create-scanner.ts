import { LF } from "../ascii.ts";
import type { LineScanner, LineVisitor, ScanNames, WantedLines } from "../line-scanner.ts";
import { LONGEST_MESSAGE, type Machine } from "../machine/machine.ts";
import type { Sought } from "../matcher.ts";
import type { KnownTemplates } from "../template-list.ts";
import type { TemplateNames } from "../template-names.ts";
import { createFieldFinder, createFieldNames, type FieldNames } from "./field-finder.ts";
import { createHeaderMemory, type HeaderMemory } from "./header-memory.ts";
import { ALL, EXPLAINED, LINE_END, LINE_START, NO_MORE, PASSED, READ, UNCOUNTED, UNTALLIED } from "./line-record.ts";
import { createProgramList } from "./programs.ts";
import { createLineTaker, type LineTaker, type Mutable } from "./taken-line.ts";

/** What the scanners of one engine share. */
export interface ScannerMaker {
  readonly names: ScanNames;
  create(goal: Sought): LineScanner;
}

export function createScannerMaker(known: KnownTemplates, names: TemplateNames, machine: Machine): ScannerMaker {
  const { calls } = machine;
  const fields = createFieldNames();
  calls.setNumbers(machine.put(known.messageOf), machine.put(known.entryOf));
  const headers = createHeaderMemory(machine);

  return {
    names: {
      messages: known.messages,
      entries: known.entries,
      field: (name) => fields.numberOf(name),
    },
    create: (goal) => createScanner({ machine, headers, fields, names, templates: known.texts.length }, goal),
  };
}

interface Shared {
  readonly machine: Machine;
  readonly headers: HeaderMemory;
  readonly fields: FieldNames;
  readonly names: TemplateNames;
  readonly templates: number;
}

function createScanner({ machine, headers, fields, names, templates }: Shared, goal: Sought): LineScanner {
  const { calls, scratch } = machine;
  const entriesOnly = goal === "entry" ? 1 : 0;
  const finder = createFieldFinder(fields, templates, (template) => names.fieldsOf(template));
  const programs = createProgramList(machine);
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
    scan(bytes, start, end) {
      const stop = Math.min(end, bytes.length);
      const origin = scratch - start;
      const fits = stop - start <= LONGEST_MESSAGE;
      if (fits) machine.bytes().set(bytes.subarray(start, stop), scratch);
      if (fits && calls.scanLine(scratch, stop + origin, origin, entriesOnly) === 1) taker.take(bytes);
      else taker.readInFull(() => bytes, start, stop, fits ? origin : null);
    },
    scanLines(bytes, start, end, which, visit) {
      if (bytes.buffer !== machine.bytes().buffer) return scanElsewhere(line, bytes, start, end, which, visit);
      return scanHere(bytes.byteOffset + start, bytes.byteOffset + end, which, visit);
    },
    find(field) {
      if (!finder.find(field)) return false;
      line.valueStart = finder.start;
      line.valueEnd = finder.end;
      return true;
    },
  };
  const taker = createLineTaker(line, { machine, headers, finder, programs, entriesOnly });
  const scanHere = createLinesScanner(machine, line, taker, entriesOnly);
  return line;
}

/** For lines that lie in the machine's memory, given by their addresses. @returns how many there are */
function createLinesScanner(
  machine: Machine,
  line: LineScanner,
  taker: LineTaker,
  entriesOnly: number,
): (start: number, end: number, which: WantedLines, visit: LineVisitor) => number {
  const { calls } = machine;
  const record = calls.lineRecord() / 4;
  return (start, end, which, visit) => {
    if (typeof which !== "string") which.claim();
    const wanted = wantedBy(which);
    let at = start;
    let count = 0;
    for (;;) {
      const answer = calls.nextLine(at, end, entriesOnly, wanted);
      const numbers = machine.numbers();
      count += numbers[record + PASSED] ?? 0;
      if (answer === NO_MORE) return count;
      const lineStart = numbers[record + LINE_START] ?? 0;
      const stop = numbers[record + LINE_END] ?? 0;
      if (answer === READ) taker.take(machine.bytes());
      else taker.readInFull(() => machine.bytes(), lineStart, stop, 0);
      if (line.entry !== -1 || wanted === ALL || wanted === UNCOUNTED) visit(machine.bytes(), lineStart, stop, count);
      at = stop + 1;
      count += 1;
    }
  };
}

function wantedBy(which: WantedLines): number {
  if (which === "all") return ALL;
  if (which === "explained") return EXPLAINED;
  return "settle" in which ? UNTALLIED : UNCOUNTED;
}

/** Lines that have to be copied there one by one. */
function scanElsewhere(
  line: LineScanner,
  bytes: Uint8Array,
  start: number,
  end: number,
  which: WantedLines,
  visit: LineVisitor,
): number {
  const wanted = wantedBy(which);
  let count = 0;
  for (let at = start; at < end; count += 1) {
    const feed = bytes.indexOf(LF, at);
    const stop = feed === -1 ? end : Math.min(feed, end);
    line.scan(bytes, at, stop);
    if (line.entry !== -1 || wanted === ALL || wanted === UNCOUNTED) visit(bytes, at, stop, count);
    at = stop + 1;
  }
  if (typeof which !== "string" && "pass" in which) which.pass(count);
  return count;
}
