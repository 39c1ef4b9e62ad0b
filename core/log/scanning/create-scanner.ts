import type { LineScanner, ScanGoal, ScanNames } from "../line-scanner.ts";
import type { Matcher, Template } from "../matcher.ts";
import { collectFieldNames, createFieldFinder } from "./field-finder.ts";
import { createHeaderReader } from "./header-reader.ts";
import { createProgramList } from "./programs.ts";

/** What the scanners of one engine share. */
export interface ScannerMaker {
  readonly names: ScanNames;
  create(goal: ScanGoal): LineScanner;
}

/**
 * @param explained entry ids by message id
 * @param hints a matcher of the messages that an entry explains, null if there are none: for the goal `entry` it rules lines out quickly
 */
export function createScannerMaker(
  templates: readonly Template[],
  explained: ReadonlyMap<string, string>,
  matcher: Matcher,
  hints: Matcher | null,
): ScannerMaker {
  const messages = numbered(templates.filter(({ layer }) => layer === "message").map(({ id }) => id));
  const entries = numbered([
    ...templates.filter(({ layer }) => layer === "entry").map(({ id }) => id),
    ...explained.values(),
  ]);
  const fields = collectFieldNames(templates.map((_, order) => matcher.fieldsOf(order)));
  /** By place in the list of templates. */
  const messageOf = Int32Array.from(templates, ({ layer, id }) => (layer === "message" ? messages.numberOf(id) : -1));
  const entryOf = Int32Array.from(templates, ({ layer, id }) =>
    entries.numberOf(layer === "entry" ? id : (explained.get(id) ?? "")),
  );

  return {
    names: { messages: messages.ids, entries: entries.ids, field: (name) => fields.numberOf(name) },
    create(goal) {
      const programs = createProgramList(matcher, hints);
      const headers = createHeaderReader(programs);
      const finder = createFieldFinder(fields, (template) => matcher.fieldsOf(template));
      const empty = new Uint8Array(0);
      const line = {
        ...headers.read(empty, 0, 0),
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
        const found = matcher.find(text, messageStart, messageEnd, program.row, goal);
        if (goal === "both") {
          line.message = found.message === -1 ? -1 : (messageOf[found.message] ?? -1);
          const entry = found.entry === -1 ? found.message : found.entry;
          line.entry = entry === -1 ? -1 : (entryOf[entry] ?? -1);
          const shown = found.message === -1 ? found.entry : found.message;
          finder.begin(shown, text, found.message === -1 ? found.entryPositions : found.messagePositions);
          return;
        }
        line.message = -1;
        if (
          found.entry !== -1 ||
          hints === null ||
          hints.find(text, messageStart, messageEnd, program.hintRow, "both").message === -1
        ) {
          line.entry = found.entry === -1 ? -1 : (entryOf[found.entry] ?? -1);
          finder.begin(found.entry, text, found.entryPositions);
          return;
        }
        const whole = matcher.find(text, messageStart, messageEnd, program.row, "both");
        line.entry = whole.message === -1 ? -1 : (entryOf[whole.message] ?? -1);
        finder.begin(line.entry === -1 ? -1 : whole.message, text, whole.messagePositions);
      }

      function find(field: number): boolean {
        if (!finder.find(field)) return false;
        line.valueStart = finder.start;
        line.valueEnd = finder.end;
        return true;
      }

      return line;
    },
  };
}

interface Numbered {
  readonly ids: readonly string[];
  numberOf(id: string): number;
}

function numbered(all: readonly string[]): Numbered {
  const ids = [...new Set(all)];
  const numbers = new Map(ids.map((id, number) => [id, number]));
  return { ids, numberOf: (id) => numbers.get(id) ?? -1 };
}
