import { listsByKey } from "../collections/lists-by-key.ts";
import type { SourceFile } from "../io/file-port.ts";
import { oncePer } from "../memory/remember.ts";
import type { MailServer } from "../model/mail-server.ts";
import type { JoinedText } from "../syntax/lines/joined-text.ts";
import type { MasterService } from "../syntax/master-cf/parse-master-cf.ts";
import { macrosOf } from "../syntax/value/expand.ts";
import { macroReferences, parseMacros } from "../syntax/value/macro.ts";
import { type Span, span } from "../text/span.ts";

/** One `name=value` that counts: the last of its name in main.cf, or among the `-o` of one service. */
export interface Assignment {
  readonly file: SourceFile;
  /** Null in main.cf. */
  readonly service: MasterService | null;
  readonly name: string;
  readonly nameSpan: Span;
  /** As written, unexpanded. */
  readonly value: string;
  readonly valueText: JoinedText;
  /** Empty, behind the `=`, for an empty value. */
  readonly valueSpan: Span;
}

/** In the order of the files, main.cf first. */
export const assignments = oncePer((server: MailServer): readonly Assignment[] => {
  const { file, tree } = server.main;
  const found: Assignment[] = lastOfEachName(tree.definitions).map((one) => ({ ...pick(one), file, service: null }));
  if (server.master === null) return found;
  for (const service of server.master.tree.services) {
    for (const override of lastOfEachName(service.overrides)) {
      found.push({ ...pick(override), file: server.master.file, service });
    }
  }
  return found;
});

/** The assignments by name. */
export const assignmentsByName = oncePer(
  (server: MailServer): ReadonlyMap<string, readonly Assignment[]> =>
    listsByKey(assignments(server), ({ name }) => name),
);

type Written = Omit<Assignment, "file" | "service">;

function pick({ name, nameSpan, value, valueText, valueSpan }: Written): Written {
  return { name, nameSpan, value, valueText, valueSpan };
}

function lastOfEachName<Item extends Written>(items: readonly Item[]): readonly Item[] {
  const last = new Map(items.map((item) => [item.name, item]));
  return items.filter((item) => last.get(item.name) === item);
}

/** A name a value refers to as `$name`, and where. */
interface Reference {
  readonly name: string;
  readonly nameSpan: Span;
}

export function referencesOf(assignment: Assignment): readonly Reference[] {
  return assignment.value.includes("$") ? parsedReferences(assignment) : NONE;
}

const NONE: readonly Reference[] = [];

const parsedReferences = oncePer(({ valueText }: Assignment): readonly Reference[] => {
  const [piece] = valueText.pieces;
  if (piece === undefined || valueText.pieces.length > 1) return macroReferences(parseMacros(valueText).nodes);
  // Where the value stands in one piece, its names are those of the same text by itself, further down.
  const from = piece.span.start;
  return macroReferences(macrosOf(valueText.text).nodes).map(({ name, nameSpan: { start, end } }) => ({
    name,
    nameSpan: span(from + start, from + end),
  }));
});
