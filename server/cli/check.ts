import path from "node:path";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import type { LogEngine } from "@postmaster/core/log/log-engine.ts";
import type { ReportWriter } from "@postmaster/core/report/finding.ts";
import { countFindings } from "@postmaster/core/report/finding-counts.ts";
import { jsonReport } from "@postmaster/core/report/json.ts";
import { prettyReport } from "@postmaster/core/report/pretty.ts";
import { visibleText } from "@postmaster/core/text/visible-text.ts";
import { createNodeFilePort } from "../host/node-file-port.ts";
import { barrenFolders } from "../input/barren-folders.ts";
import { type FoundFile, findFiles, isPathProblem, type PathProblem } from "../input/find-files.ts";
import { checkFile } from "./check/check-file.ts";
import type { CheckRun } from "./check/check-run.ts";
import { lateConfigurations } from "./check/late-configurations.ts";
import { createLogSequences } from "./check/log-sequence.ts";
import { oldestFirst } from "./check/oldest-first.ts";
import { type ExitCode, FAILED, FOUND_NOTHING, FOUND_SOMETHING, UsageError } from "./exit-code.ts";
import type { FixOutcome } from "./fix/apply-fixes.ts";
import { createFixList, type FixList } from "./fix/fix-list.ts";
import { CONFIGURATION, type Options, parseOptions } from "./options.ts";
import type { Output } from "./output.ts";
import { commandLinePatterns } from "./pattern-matcher.ts";
import { version } from "./version.ts";

const FORMATS = ["pretty", "json", "sarif"] as const;
type Format = (typeof FORMATS)[number];

/** Said of a folder without anything to check: “nothing found” would sound as if all were well there. */
const NOTHING_TO_CHECK =
  "no mail log and no configuration of Postfix was found there: neither a file named like mail.log, maillog, mail.log.1.gz, " +
  "main.cf or master.cf, nor one whose first lines are of such a file";

/** Findings of one kind that are listed for one log unless `--cap` says otherwise: examples for people, more for programs. */
const DEFAULT_CAPS: Readonly<Record<Format, number>> = { pretty: 5, json: 100, sarif: 100 };

/** `postmaster check`. */
export async function check(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = parseOptions(args, {
    ...CONFIGURATION,
    format: { type: "string" },
    cap: { type: "string" },
    fix: { type: "boolean" },
    follow: { type: "boolean" },
    "table-types": { type: "string" },
  });
  if (options.words.length === 0) throw new UsageError("check needs a file, a folder, or - for the standard input");
  const format = options.choice("format", FORMATS);
  if (options.flag("follow") && (format !== "pretty" || options.flag("fix") || options.words.includes("-"))) {
    throw new UsageError("--follow goes with files and --format pretty, and not with --fix");
  }
  const patternMatcher = commandLinePatterns();
  try {
    return await checkAll(options, format, await createRun(options, format, output, patternMatcher));
  } finally {
    await patternMatcher.close();
  }
}

async function checkAll(options: Options, format: Format, run: CheckRun): Promise<ExitCode> {
  const { output, report, counts } = run;
  const outcomes: FixOutcome[] = [];
  const seen = new Set<string>();
  let files = 0;
  let failed = false;
  const fail = (name: string, problem: string): void => {
    failed = true;
    output.note(`${name}: ${problem}`);
  };

  await output.write(report.begin());
  const all: (FoundFile | PathProblem)[] = [];
  for await (const found of findFiles(options.words)) all.push(found);
  const barren = barrenFolders(options.words, all);
  for (const found of await oldestFirst(all)) {
    if (output.isClosed) break;
    if (isPathProblem(found)) {
      fail(found.name, found.problem);
      continue;
    }
    // oxlint-disable-next-line no-await-in-loop -- findings are written in the order of the files
    const result = await checkFile(found, seen, run);
    if (result.problem !== null) fail(found.name, result.problem);
    if (result.wasChecked || result.wasSeen || result.problem !== null) barren.delete(found.word);
    outcomes.push(...result.outcomes);
    if (result.wasChecked) files += 1 + result.tables;
  }
  if (!output.isClosed) for (const folder of barren) fail(folder, NOTHING_TO_CHECK);
  if (run.followed !== null && run.followed.length > 0) {
    const { followUntilStopped } = await import("./check/follow-until-stopped.ts");
    await followUntilStopped(run.followed, output);
  }
  await output.write(report.end());
  if (run.fixes !== null) {
    const { applyWanted } = await import("./fix/apply-fixes.ts");
    outcomes.push(...(await applyWanted(run.fixes, run.configurations)));
  }

  const lines = [counts.summary(files), ...(run.fixes === null ? [] : await toldFixes(outcomes, run.fixes))];
  const hidden = format === "pretty" ? counts.hiddenKinds() : [];
  if (hidden.length > 0) lines.unshift(...hidden, "");
  if (outcomes.some(({ problem }) => problem !== null)) failed = true;
  if (format === "pretty") await output.write(`${lines.map(visibleText).join("\n")}\n`);
  else for (const line of lines) output.note(line);
  if (failed) return FAILED;
  return counts.total > 0 ? FOUND_SOMETHING : FOUND_NOTHING;
}

async function toldFixes(outcomes: readonly FixOutcome[], fixes: FixList): Promise<readonly string[]> {
  const { tellFixes } = await import("./fix/tell-fixes.ts");
  const { osFamilyHere } = await import("../host/machine.ts");
  const { relativeName } = await import("./uri.ts");
  return tellFixes(outcomes, fixes.outdated(), relativeName, await osFamilyHere());
}

async function createRun(
  options: Options,
  format: Format,
  output: Output,
  patternMatcher: ReturnType<typeof commandLinePatterns>,
): Promise<CheckRun> {
  const port = createNodeFilePort();
  const { configDirectory: directory } = options;
  if (directory !== null && (await port.list(directory))?.includes("main.cf") !== true) {
    throw new UsageError(`there is no main.cf in ${directory}`);
  }
  const folders = options.words.filter((word) => word !== "-").map((word) => path.resolve(word));
  let known: LogEngine | null = null;
  const engine = (): LogEngine => {
    known ??= createCatalogueEngine();
    return known;
  };
  const { postfixVersion } = options;
  const tableTypes = tableTypesOf(options);
  return {
    output,
    report: await reportOf(format, output),
    counts: countFindings(),
    configurations: lateConfigurations({ port, directory, postfixVersion, folders, patternMatcher, tableTypes }),
    postfixVersion,
    tableTypes,
    patternMatcher,
    cap: capOf(options, format),
    fixes: options.flag("fix") ? createFixList() : null,
    followed: options.flag("follow") ? [] : null,
    engine,
    sequences: createLogSequences(
      (text) => engine().readText(text),
      (entry) => engine().known.entries.at(entry) ?? "",
    ),
  };
}

async function reportOf(format: Format, output: Output): Promise<ReportWriter> {
  switch (format) {
    case "pretty":
      return prettyReport(output.paint, output.columns);
    case "json":
      return jsonReport();
    default: {
      const { sarifReport } = await import("@postmaster/core/report/sarif.ts");
      const { findingKinds } = await import("@postmaster/core/report/finding-kinds.ts");
      const { uriOf } = await import("./uri.ts");
      return sarifReport({ version, kinds: findingKinds(), uriOf });
    }
  }
}

function tableTypesOf(options: Options): readonly string[] {
  const given = options.text("table-types");
  if (given === null) return [];
  const types = given.split(/[\s,]+/).filter((type) => type !== "");
  const wrong = types.find((type) => !/^\w+$/.test(type));
  if (types.length === 0 || wrong !== undefined) {
    throw new UsageError(
      `--table-types takes what postconf -m prints, such as "lmdb texthash pcre", not “${wrong ?? ""}”`,
    );
  }
  return types;
}

function capOf(options: Options, format: Format): number {
  const cap = options.number("cap", 0) ?? DEFAULT_CAPS[format];
  return cap === 0 ? Number.POSITIVE_INFINITY : cap;
}
