import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import type { Input } from "../input/open-input.ts";
import { type LogJobRun, runLogJob } from "../log-jobs/run-log-job.ts";
import { eachLog } from "./each-log.ts";
import { type ExitCode, UsageError } from "./exit-code.ts";
import { jobRun, sourceOf } from "./log-source.ts";
import { parseOptions } from "./options.ts";
import type { Output } from "./output.ts";
import { PARSE_FORMATS, type ParseOptions, parseJob } from "./parse/parse-job.ts";
import { wholeLines } from "./parse/whole-lines.ts";
import { TIME, timeOptions } from "./time-options.ts";

/** Bytes of log below which another thread takes longer to start than it helps: writing takes several times longer than looking. */
const WORTH_A_THREAD = 4 * 1024 * 1024;

/** `postmaster parse`: every line of the logs as one JSON object. */
export async function parse(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = parseOptions(args, { ...TIME, format: { type: "string" } });
  if (options.words.length === 0) throw new UsageError("parse needs a log, or - for the standard input");
  const reading = { format: options.choice("format", PARSE_FORMATS), ...timeOptions(options) };
  let engine: LogEngine | null = null;
  const run = { output, engine: () => (engine ??= createCatalogueEngine()) };
  return eachLog(options.words, output, (log) =>
    parseLines(log, { ...reading, name: log.name, notAfter: log.modifiedMs }, jobRun(log, run, WORTH_A_THREAD), output),
  );
}

async function parseLines(log: Input, options: ParseOptions, run: LogJobRun, output: Output): Promise<void> {
  await runLogJob(parseJob, options, sourceOf(log), run, async (part, firstLine) => {
    const lines = wholeLines(part, firstLine, options.format);
    // The engine sees large buffers as small objects and would let hundreds of them wait.
    release(part.bytes.buffer);
    await output.writeBytes(lines);
  });
}

/** Gives a buffer's memory back at once, where this Node can (from 22 on). Nobody may look at it any more. */
function release(buffer: ArrayBuffer): void {
  if ("transfer" in buffer && typeof buffer.transfer === "function") Reflect.apply(buffer.transfer, buffer, [0]);
}
