import path from "node:path";
import type { FixOutcome } from "../fix/apply-fixes.ts";
import { fixConfiguration } from "../fix/fix-configuration.ts";
import type { FoundFile } from "../input/find-files.ts";
import { type Input, openInput, systemWords } from "../input/open-input.ts";
import { isBinary, isOriginal, kindOfContent, kindOfName } from "../input/recognise.ts";
import { loadConfiguration, reportConfiguration } from "./check-configuration.ts";
import { checkLog } from "./check-log.ts";
import type { CheckRun } from "./check-run.ts";

export interface FileResult {
  /** It was a log or a configuration file. */
  readonly wasChecked: boolean;
  /** Why it could not be checked, for people; null if it was, or need not be. */
  readonly problem: string | null;
  /** Of the fixes applied to it. */
  readonly outcomes: readonly FixOutcome[];
}

/** Checks one file, whatever it is. `seen` holds the files already checked, so that no file is checked twice under two names. */
export async function checkFile(found: FoundFile, seen: Set<string>, run: CheckRun): Promise<FileResult> {
  if (!found.isNamed && isOriginal(path.basename(found.name))) return skipped(null);
  const input = await openFile(found.name);
  if (typeof input === "string") return skipped(input);
  try {
    if (input.identity !== null) {
      if (seen.has(input.identity)) return skipped(null);
      seen.add(input.identity);
    }
    return await checkInput(input, found, run);
  } catch (error) {
    return skipped(systemWords(error));
  } finally {
    await input.close();
  }
}

async function checkInput(input: Input, found: FoundFile, run: CheckRun): Promise<FileResult> {
  const named = kindOfName(path.basename(found.name));
  const kind = isBinary(input.head) ? "binary" : (named ?? kindOfContent(input.head));
  switch (kind === "unknown" && found.name === "-" ? "log" : kind) {
    case "log":
      await checkLog(input, run);
      return { wasChecked: true, problem: null, outcomes: [] };
    case "main-cf":
      return configuration(input, "main-cf", run);
    case "master-cf":
      return configuration(input, "master-cf", run);
    case "other-configuration":
      if (found.isNamed)
        run.output.note(`${found.name}: nothing is checked in this file by itself; name the folder of its main.cf`);
      return skipped(null);
    case "binary":
      // In a folder a file of other programs is none of our business.
      return skipped(found.isNamed || named !== null ? "is binary, not text" : null);
    default:
      return skipped(
        found.isNamed ? "is neither a mail log nor configuration of Postfix, by its name or its first lines" : null,
      );
  }
}

async function configuration(input: Input, kind: "main-cf" | "master-cf", run: CheckRun): Promise<FileResult> {
  let outcomes: readonly FixOutcome[] = [];
  let current = input;
  if (run.fixes !== null && input.path !== null) {
    outcomes = await fixConfiguration(input.name, kind, run);
    const again = await openFile(input.name);
    if (typeof again === "string") return { wasChecked: false, problem: again, outcomes };
    current = again;
  }
  try {
    const loaded = await loadConfiguration(current, kind, run);
    if (typeof loaded === "string") return { wasChecked: false, problem: loaded, outcomes };
    await reportConfiguration(input.name, loaded, run);
    return { wasChecked: true, problem: null, outcomes };
  } finally {
    if (current !== input) await current.close();
  }
}

/** As openInput, with the system's words also for what fails on the first bytes. */
async function openFile(name: string): Promise<Input | string> {
  return openInput(name).catch(systemWords);
}

function skipped(problem: string | null): FileResult {
  return { wasChecked: false, problem, outcomes: [] };
}
