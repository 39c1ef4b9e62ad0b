import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import { jsonTraces } from "@postmaster/core/report/trace/json-trace.ts";
import { prettyTraces } from "@postmaster/core/report/trace/pretty-trace.ts";
import { findTraces } from "@postmaster/core/trace/trace.ts";
import { createTraceBook } from "@postmaster/core/trace/trace-book.ts";
import { type ExitCode, FAILED, UsageError } from "./exit-code.ts";
import { parseOptions } from "./options.ts";
import type { Output } from "./output.ts";
import { TIME, timeOptions } from "./time-options.ts";
import { readLogs } from "./trace/read-logs.ts";

/** As grep has it: here it is good to find something. */
const FOUND = 0;
const NONE = 1;

/** `postmaster trace`: what became of a mail. */
export async function trace(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = parseOptions(args, { ...TIME, format: { type: "string" } });
  const [question, ...logs] = options.words;
  if (question === undefined || question === "" || logs.length === 0) {
    throw new UsageError(
      "trace needs a queue id, a message-id or an address, and then a log, or - for the standard input",
    );
  }
  const format = options.choice("format", ["pretty", "json"]);
  const time = timeOptions(options);

  const book = createTraceBook();
  let engine: LogEngine | null = null;
  const reading = { question, time, engine: () => (engine ??= createCatalogueEngine()), output };
  const unreadable = await readLogs(logs, reading, book);
  for (const { name, problem } of unreadable) output.note(`${name}: ${problem}`);
  const found = findTraces(book, question);
  await output.write(format === "json" ? jsonTraces(found, logs) : prettyTraces(found, logs, output.paint));
  if (unreadable.length > 0) return FAILED;
  if (found.traces.length > 0 || found.sessions.length > 0) return FOUND;
  output.note(`no line about ${question}`);
  return NONE;
}
