import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import { type Input, openInput, systemWords } from "../input/open-input.ts";
import { isBinary } from "../input/recognise.ts";
import { runLogJob } from "../log-jobs/run-log-job.ts";
import { type ExitCode, FAILED, FOUND_NOTHING, UsageError } from "./exit-code.ts";
import { jobRun, sourceOf } from "./log-source.ts";
import { type Options, parseOptions } from "./options.ts";
import type { Output } from "./output.ts";
import { type ParseFormat, type ParseOptions, parseJob } from "./parse/parse-job.ts";
import { wholeLines } from "./parse/whole-lines.ts";
import { TIME, timeOptions } from "./time-options.ts";

/** Bytes of log below which another thread takes longer to start than it helps: writing takes several times longer than looking. */
const WORTH_A_THREAD = 4 * 1024 * 1024;

/** `postmaster parse`: every line of the logs as one JSON object. */
export async function parse(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = parseOptions(args, { ...TIME, format: { type: "string" } });
  if (options.words.length === 0) throw new UsageError("parse needs a log, or - for the standard input");
  const reading = { format: formatOf(options), ...timeOptions(options) };
  let engine: LogEngine | null = null;
  const run = { output, engine: () => (engine ??= createCatalogueEngine()) };
  let exitCode: ExitCode = FOUND_NOTHING;
  for (const word of options.words) {
    if (output.isClosed) break;
    // oxlint-disable-next-line no-await-in-loop -- one log after the other
    const problem = await parseFile(word, reading, run);
    if (problem === null) continue;
    output.note(`${word}: ${problem}`);
    exitCode = FAILED;
  }
  return exitCode;
}

interface Run {
  readonly output: Output;
  readonly engine: () => LogEngine;
}

function formatOf(options: Options): ParseFormat {
  const format = options.text("format") ?? "json";
  if (format !== "json" && format !== "otlp") throw new UsageError(`--format takes json, otlp, not “${format}”`);
  return format;
}

/** @returns why it cannot be read, for people; null if it was */
async function parseFile(
  name: string,
  reading: Pick<ParseOptions, "format" | "year" | "zone">,
  run: Run,
): Promise<string | null> {
  const input = await openInput(name).catch(systemWords);
  if (typeof input === "string") return input;
  try {
    if (isBinary(input.head)) return "is binary, not text";
    await parseLines(input, { ...reading, name: input.name, notAfter: input.modifiedMs }, run);
    return null;
  } catch (error) {
    return systemWords(error);
  } finally {
    await input.close();
  }
}

async function parseLines(input: Input, options: ParseOptions, run: Run): Promise<void> {
  await runLogJob(parseJob, options, sourceOf(input), jobRun(input, run, WORTH_A_THREAD), async (part, firstLine) => {
    const lines = wholeLines(part, firstLine, options.format);
    // The engine sees large buffers as small objects and would let hundreds of them wait.
    release(part.bytes.buffer);
    await run.output.writeBytes(lines);
  });
}

/** Gives a buffer's memory back at once, where this Node can (from 22 on). Nobody may look at it any more. */
function release(buffer: ArrayBuffer): void {
  if ("transfer" in buffer && typeof buffer.transfer === "function") Reflect.apply(buffer.transfer, buffer, [0]);
}
