import { writeFile } from "node:fs/promises";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import { summarize } from "@postmaster/core/report/log/summarize.ts";
import { textReport } from "@postmaster/core/report/log/text/text-report.ts";
import { jsonText } from "@postmaster/core/text/json-text.ts";
import { timeZone } from "../host/time-zone.ts";
import { systemWords } from "../input/open-input.ts";
import { countLogs } from "../report/count-logs.ts";
import { findLogs } from "../report/find-logs.ts";
import { type ExitCode, FAILED, FOUND_NOTHING, UsageError } from "./exit-code.ts";
import { parseOptions } from "./options.ts";
import type { Output } from "./output.ts";
import { TIME, timeOptions } from "./time-options.ts";

/** Rows of each list: for a terminal, and for files. */
const FEW = 10;
const MANY = 100;
/** Columns: longer lines are hard to read. */
const WIDEST = 120;

/** `postmaster report`: what logs tell in all. */
export async function report(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = parseOptions(args, {
    html: { type: "string" },
    json: { type: "string" },
    top: { type: "string" },
    ...TIME,
  });
  if (options.words.length === 0)
    throw new UsageError("report needs a log, a folder of logs, or - for the standard input");
  const time = timeOptions(options);
  let engine: LogEngine | null = null;
  const counted = await countLogs(
    await findLogs(options.words, time),
    time,
    () => (engine ??= createCatalogueEngine()),
    { worksHere: true, isCancelled: () => output.isClosed, onProgress: () => undefined },
  );
  const [html, json] = [options.text("html"), options.text("json")];
  const limit = options.number("top", 1) ?? (html === null && json === null ? FEW : MANY);
  const result = summarize(counted.tally, { logs: counted.logs, zone: timeZone(time.zone), limit });
  for (const { name, problem } of counted.logs) if (problem !== null) output.note(`${name}: ${problem}`);
  const failures: (string | null)[] = counted.logs.map(({ problem }) => problem);
  if (json !== null) failures.push(await writeResult(json, `${jsonText(result, 2)}\n`, output));
  if (html !== null) {
    const { htmlReport } = await import("./report/html-report.ts");
    failures.push(await writeResult(html, await htmlReport(result), output));
  }
  const wasRead = counted.logs.some(({ problem }) => problem === null);
  // A report of nothing but zeros would sound as if it told something.
  if (html === null && json === null && wasRead) {
    const isTerminal = Number.isFinite(output.columns);
    // What goes to a file or to another program is whole.
    const width = isTerminal ? Math.min(output.columns, WIDEST) : output.columns;
    await output.write(textReport(result, width, output.paint));
  }
  return failures.some((problem) => problem !== null) ? FAILED : FOUND_NOTHING;
}

/** To a file, or for `-` to the standard output. @returns why that failed, which has been told; null if it did not */
async function writeResult(file: string, text: string, output: Output): Promise<string | null> {
  if (file === "-") {
    await output.write(text);
    return null;
  }
  try {
    await writeFile(file, text);
    return null;
  } catch (error) {
    const problem = systemWords(error);
    output.note(`${file}: ${problem}`);
    return problem;
  }
}
