import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import { formatLogTime, type TimeReference, type Zone } from "@postmaster/core/log/log-time.ts";
import type { TextLine } from "@postmaster/core/log/text-line.ts";
import { decodeUtf8 } from "@postmaster/core/log/utf8.ts";
import { jsonText } from "@postmaster/core/text/json-text.ts";
import { type ExitCode, FAILED, FOUND_NOTHING, UsageError } from "./exit-code.ts";
import { visitLines } from "./input/byte-lines.ts";
import { type Input, openInput, systemWords } from "./input/open-input.ts";
import { isBinary } from "./input/recognise.ts";
import { parseOptions } from "./options.ts";
import type { Output } from "./output.ts";
import { timeZone } from "./time-zone.ts";

const CR = 13;

/** `postmaster parse`: every line of the logs as one JSON object. */
export async function parse(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = parseOptions(args, { year: { type: "string" }, tz: { type: "string" } });
  if (options.words.length === 0) throw new UsageError("parse needs a log, or - for the standard input");
  const year = options.number("year", 1);
  const zone = timeZone(options.text("tz"));
  const engine = createCatalogueEngine();
  let exitCode: ExitCode = FOUND_NOTHING;
  for (const word of options.words) {
    if (output.isClosed) break;
    const problem = await parseFile(word, engine, { year, zone }, output);
    if (problem === null) continue;
    output.note(`${word}: ${problem}`);
    exitCode = FAILED;
  }
  return exitCode;
}

interface TimeOptions {
  readonly year: number | null;
  readonly zone: Zone;
}

/** @returns why it cannot be read, for people; null if it was */
async function parseFile(
  name: string,
  engine: LogEngine,
  { year, zone }: TimeOptions,
  output: Output,
): Promise<string | null> {
  const input = await openInput(name).catch(systemWords);
  if (typeof input === "string") return input;
  try {
    if (isBinary(input.head)) return "is binary, not text";
    const reference = { notAfter: input.modifiedMs, zone, ...(year === null ? {} : { year }) };
    await parseLines(input, engine, reference, output);
    return null;
  } catch (error) {
    return systemWords(error);
  } finally {
    await input.close();
  }
}

async function parseLines(input: Input, engine: LogEngine, reference: TimeReference, output: Output): Promise<void> {
  await visitLines(input.chunks, (bytes, start, end, number) => {
    if (output.isClosed) return undefined;
    const text = decodeUtf8(bytes, start, end > start && bytes[end - 1] === CR ? end - 1 : end);
    return output.write(`${jsonText(lineObject(number, engine.readText(text), reference))}\n`);
  });
}

/** What one line says, under the names that scripts rely on. */
function lineObject(number: number, line: TextLine, reference: TimeReference): object {
  const fields = fieldValues(line);
  const queueId = fields?.["queue_id"] ?? null;
  return {
    line: number,
    time: line.time === null ? null : formatLogTime(line.time, reference),
    host: line.host?.value ?? null,
    program: line.program?.value ?? null,
    daemon: line.daemon,
    pid: line.pid,
    queue_id: queueId === "NOQUEUE" ? null : queueId,
    level: line.level,
    message: line.template?.templateId ?? null,
    entry: line.entry?.templateId ?? null,
    fields,
  };
}

/** The fields of the message and of the entry, the entry's names first: they are chosen for readers. Null for a line that nobody knows. */
function fieldValues({ template, entry }: TextLine): Readonly<Record<string, string>> | null {
  if (template === null && entry === null) return null;
  const fields = { ...template?.fields, ...entry?.fields };
  return Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value]));
}
