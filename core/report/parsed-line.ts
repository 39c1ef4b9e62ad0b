import { entryById } from "../catalogue/catalogue.ts";
import type { EntrySeverity, Fault } from "../catalogue/entry.ts";
import type { LogLevel } from "../log/log-line.ts";
import { formatLogTime, type TimeReference } from "../log/log-time.ts";
import { levelOf } from "../log/message-level.ts";
import type { System } from "../log/systems.ts";
import type { TextLine } from "../log/text-line.ts";
import { type LineValues, lineValues } from "./line-values.ts";

/** One line of a log under the schema of docs/parse-schema.json. Strings are hostile: as logged. */
export interface ParsedLine {
  /** From 1. */
  readonly line: number;
  /** RFC 3339; null where the line has no time, or none that exists. */
  readonly time: string | null;
  readonly host: string | null;
  /** The whole tag. */
  readonly program: string | null;
  readonly system: System | null;
  readonly daemon: string | null;
  readonly pid: number | null;
  readonly queue_id: string | null;
  readonly level: LogLevel;
  /** How often the syslog daemon says that the line came. */
  readonly repeated: number;
  /** The id of the message the program printed. */
  readonly message: string | null;
  /** The id of the catalogue entry that explains it. */
  readonly entry: string | null;
  readonly severity: EntrySeverity | null;
  readonly fault: Fault | null;
  /** The message proper. */
  readonly text: string;
  /** Every field of message and entry as it stands in the line; null for a line that nobody knows. */
  readonly fields: Readonly<Record<string, string>> | null;
  readonly values: LineValues | null;
}

/** What a line says. The fields of the entry have precedence over the message's: their names are chosen for readers. */
export function parsedLine(number: number, line: TextLine, reference: TimeReference): ParsedLine {
  const known = line.template !== null || line.entry !== null;
  const fields = known ? plainFields({ ...line.template?.fields, ...line.entry?.fields }) : null;
  const queueId = fields?.["queue_id"] ?? null;
  const message = line.template?.templateId ?? null;
  const entry = line.entry === null ? null : entryById(line.entry.templateId);
  return {
    line: number,
    time: line.time === null ? null : formatLogTime(line.time, reference),
    host: line.host?.value ?? null,
    program: line.program?.value ?? null,
    system: line.system,
    daemon: line.daemon,
    pid: line.pid,
    queue_id: queueId !== null && isQueueId(queueId) ? queueId : null,
    level: levelOf(line.level, message),
    repeated: line.repeated,
    message,
    entry: entry?.id ?? null,
    severity: entry?.severity ?? null,
    fault: entry?.fault ?? null,
    text: line.message.value,
    fields,
    values: fields === null ? null : lineValues(fields, line.daemon),
  };
}

function plainFields(fields: NonNullable<TextLine["template"]>["fields"]): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value]));
}

/** `NOQUEUE` and a milter's `(unknown-jobid)` are none. */
function isQueueId(text: string): boolean {
  return text !== "NOQUEUE" && /^[0-9A-Za-z]{5,32}$/.test(text);
}
