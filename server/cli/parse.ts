import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import type { LogTime } from "@postmaster/core/log/log-line.ts";
import { logTimeMs, type TimeReference, type Zone } from "@postmaster/core/log/log-time.ts";
import { decodeUtf8 } from "@postmaster/core/log/utf8.ts";
import { otlpLine } from "@postmaster/core/report/otlp.ts";
import { parsedLine } from "@postmaster/core/report/parsed-line.ts";
import { jsonText } from "@postmaster/core/text/json-text.ts";
import { type ExitCode, FAILED, FOUND_NOTHING, UsageError } from "./exit-code.ts";
import { visitLines } from "./input/byte-lines.ts";
import { type Input, openInput, systemWords } from "./input/open-input.ts";
import { isBinary } from "./input/recognise.ts";
import { type Options, parseOptions } from "./options.ts";
import type { Output } from "./output.ts";
import { timeZone } from "./time-zone.ts";
import { version } from "./version.ts";

const CR = 13;

/** `postmaster parse`: every line of the logs as one JSON object. */
export async function parse(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = parseOptions(args, { year: { type: "string" }, tz: { type: "string" }, format: { type: "string" } });
  if (options.words.length === 0) throw new UsageError("parse needs a log, or - for the standard input");
  const year = options.number("year", 1);
  const zone = timeZone(options.text("tz"));
  const reading = { format: formatOf(options), engine: createCatalogueEngine(), year, zone };
  let exitCode: ExitCode = FOUND_NOTHING;
  for (const word of options.words) {
    if (output.isClosed) break;
    const problem = await parseFile(word, reading, output);
    if (problem === null) continue;
    output.note(`${word}: ${problem}`);
    exitCode = FAILED;
  }
  return exitCode;
}

type Format = "json" | "otlp";

interface Reading {
  readonly engine: LogEngine;
  readonly format: Format;
  readonly year: number | null;
  readonly zone: Zone;
}

function formatOf(options: Options): Format {
  const format = options.text("format") ?? "json";
  if (format !== "json" && format !== "otlp") throw new UsageError(`--format takes json, otlp, not “${format}”`);
  return format;
}

/** @returns why it cannot be read, for people; null if it was */
async function parseFile(name: string, reading: Reading, output: Output): Promise<string | null> {
  const { year, zone } = reading;
  const input = await openInput(name).catch(systemWords);
  if (typeof input === "string") return input;
  try {
    if (isBinary(input.head)) return "is binary, not text";
    const reference = { notAfter: input.modifiedMs, zone, ...(year === null ? {} : { year }) };
    await parseLines(input, reading, reference, output);
    return null;
  } catch (error) {
    return systemWords(error);
  } finally {
    await input.close();
  }
}

async function parseLines(
  input: Input,
  { engine, format }: Reading,
  reference: TimeReference,
  output: Output,
): Promise<void> {
  await visitLines(input.chunks, (bytes, start, end, number) => {
    if (output.isClosed) return undefined;
    const text = decodeUtf8(bytes, start, end > start && bytes[end - 1] === CR ? end - 1 : end);
    const line = engine.readText(text);
    const parsed = parsedLine(number, line, reference);
    const shown = format === "json" ? parsed : otlpLine(parsed, nanoseconds(line.time, reference), input.name, version);
    return output.write(`${jsonText(shown)}\n`);
  });
}

/** Since 1970, as digits: they do not fit a number. */
function nanoseconds(time: LogTime | null, reference: TimeReference): string | null {
  const ms = time === null ? null : logTimeMs(time, reference);
  if (time === null || ms === null) return null;
  return String(BigInt(ms) * 1_000_000n + BigInt(time.microsecond % 1000) * 1000n);
}
