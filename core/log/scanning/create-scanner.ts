import type { LineScanner, ScanNames } from "../line-scanner.ts";
import type { Matcher, Sought } from "../matcher.ts";
import type { TemplateNames } from "../template-names.ts";
import { createFieldFinder, createFieldNames } from "./field-finder.ts";
import { createHeaderReader } from "./header-reader.ts";
import { createProgramList } from "./programs.ts";

/** What the scanners of one engine share. */
export interface ScannerMaker {
  readonly names: ScanNames;
  create(goal: Sought): LineScanner;
}

export function createScannerMaker(known: TemplateNames, matcher: Matcher): ScannerMaker {
  const { templates } = known;
  const messages = createIds();
  const entries = createIds();
  const fields = createFieldNames();
  /** By place in the list of templates. */
  const messageOf = Int32Array.from(templates, ({ layer, id }) => (layer === "message" ? messages.add(id) : -1));
  const entryOf = Int32Array.from(templates, ({ layer, id }, template) => {
    const entry = layer === "entry" ? id : known.entryOf(template);
    return entry === null ? -1 : entries.add(entry);
  });

  function create(goal: Sought): LineScanner {
    const headers = createHeaderReader(createProgramList(matcher));
    const finder = createFieldFinder(fields, (template) => known.fieldsOf(template));
    const line = {
      ...headers.read(new Uint8Array(0), 0, 0),
      message: -1,
      entry: -1,
      valueStart: 0,
      valueEnd: 0,
      scan,
      find,
    };

    function scan(bytes: Uint8Array, start: number, end: number): void {
      const header = headers.read(bytes, start, end);
      line.time = header.time;
      line.hostStart = header.hostStart;
      line.hostEnd = header.hostEnd;
      line.program = header.program;
      line.pid = header.pid;
      line.level = header.level;
      line.repeated = header.repeated;
      line.text = header.text;
      line.messageStart = header.messageStart;
      line.messageEnd = header.messageEnd;
      match();
    }

    function match(): void {
      const { text, messageStart, messageEnd, program } = line;
      let found = matcher.find(text, messageStart, messageEnd, program.row, goal);
      // A search for entries does not tell which message a line is.
      if (found.mayBeExplained) found = matcher.find(text, messageStart, messageEnd, program.row, "both");
      const explaining = found.entry === -1 ? found.message : found.entry;
      line.entry = explaining === -1 ? -1 : (entryOf[explaining] ?? -1);
      line.message = goal === "entry" || found.message === -1 ? -1 : (messageOf[found.message] ?? -1);
      // With the goal `entry` a message counts only where it explains.
      const shown = goal === "entry" && line.entry === -1 ? -1 : found.message === -1 ? found.entry : found.message;
      finder.begin(shown, text, shown === found.entry ? found.entryPositions : found.messagePositions);
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
    names: { messages: messages.ids, entries: entries.ids, field: (name) => fields.numberOf(name) },
    create,
  };
}

interface Ids {
  readonly ids: readonly string[];
  /** The number of an id, a new one at first sight. */
  add(id: string): number;
}

function createIds(): Ids {
  const ids: string[] = [];
  const numbers = new Map<string, number>();
  return {
    ids,
    add(id) {
      const known = numbers.get(id);
      if (known !== undefined) return known;
      numbers.set(id, ids.length);
      ids.push(id);
      return ids.length - 1;
    },
  };
}
