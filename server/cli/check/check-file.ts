import path from "node:path";
import type { FoundFile } from "../../input/find-files.ts";
import { type Input, openInput, systemWords } from "../../input/open-input.ts";
import { isBinary, isOriginal, isUtf16, kindOfContent, kindOfName } from "../../input/recognise.ts";
import type { FixOutcome } from "../fix/apply-fixes.ts";
import type { ConfigurationKind } from "./check-configuration.ts";
import { checkLog } from "./check-log.ts";
import type { CheckRun } from "./check-run.ts";

const NO_TABLES = { count: 0, outcomes: [] } as const;

export interface FileResult {
  /** It was a log or a configuration file. */
  readonly wasChecked: boolean;
  /** It is one that was checked before, under another name or together with a configuration. */
  readonly wasSeen: boolean;
  /** Tables that were checked together with it. */
  readonly tables: number;
  /** Why it could not be checked, for people; null if it was, or need not be. */
  readonly problem: string | null;
  /** Of the fixes applied to it. */
  readonly outcomes: readonly FixOutcome[];
}

/** Checks one file, whatever it is; what that takes is loaded only then. `seen` holds the files already checked, so that no file is checked twice under two names. */
export async function checkFile(found: FoundFile, seen: Set<string>, run: CheckRun): Promise<FileResult> {
  if (!found.isNamed && isOriginal(path.basename(found.name))) return skipped(null);
  const input = await openFile(found.name);
  if (typeof input === "string") return skipped(input);
  try {
    if (input.identity !== null) {
      if (seen.has(input.identity)) return { ...skipped(null), wasSeen: true };
      seen.add(input.identity);
    }
    return await checkInput(input, found, seen, run);
  } catch (error) {
    return skipped(systemWords(error));
  } finally {
    await input.close();
  }
}

async function checkInput(input: Input, found: FoundFile, seen: Set<string>, run: CheckRun): Promise<FileResult> {
  const named = kindOfName(path.basename(found.name));
  // A configuration in UTF-16 is found fault with as such; a log, or whatever else, cannot be read.
  const isRead = isUtf16(input.head) ? named !== "log" && named !== null : !isBinary(input.head);
  const kind = isRead ? (named ?? (await kindOfContent(input.head))) : "binary";
  switch (kind === "unknown" && found.name === "-" ? "log" : kind) {
    case "log":
      if (run.followed === null) await checkLog(input, run);
      else {
        const { checkAndFollow } = await import("./follow-log.ts");
        run.followed.push(await checkAndFollow(input, run));
      }
      return { wasChecked: true, wasSeen: false, tables: 0, problem: null, outcomes: [] };
    case "main-cf":
      return configuration(input, "main-cf", seen, run);
    case "master-cf":
      return configuration(input, "master-cf", seen, run);
    case "other-configuration":
      if (!found.isNamed) return skipped(null);
      return (await table(found.name, seen, run)) ?? skipped(noteAlone(found.name, run));
    case "binary":
      // In a folder a file of other programs is none of our business.
      if (!found.isNamed && named === null) return skipped(null);
      if (!isUtf16(input.head)) return skipped("is binary, not text");
      return (found.isNamed ? await table(found.name, seen, run) : null) ?? skipped("is UTF-16, not UTF-8 text");
    default:
      if (!found.isNamed) return skipped(null);
      return (
        (await table(found.name, seen, run)) ??
        skipped("is neither a mail log nor configuration of Postfix, by its name or its first lines")
      );
  }
}

/** A lookup table that the main.cf near it names; null if there is none. */
async function table(name: string, seen: Set<string>, run: CheckRun): Promise<FileResult | null> {
  const { checkTable } = await import("./check-tables.ts");
  const outcomes = name === "-" ? null : await checkTable(name, seen, run);
  return outcomes === null ? null : { wasChecked: true, wasSeen: false, tables: 0, problem: null, outcomes };
}

function noteAlone(name: string, run: CheckRun): null {
  run.output.note(`${name}: nothing is checked in this file by itself; name the folder of its main.cf`);
  return null;
}

async function configuration(
  input: Input,
  kind: ConfigurationKind,
  seen: Set<string>,
  run: CheckRun,
): Promise<FileResult> {
  let outcomes: readonly FixOutcome[] = [];
  let current = input;
  if (run.fixes !== null && input.path !== null) {
    const { fixConfiguration } = await import("../fix/fix-configuration.ts");
    outcomes = await fixConfiguration(input.name, kind, run);
    const again = await openFile(input.name);
    if (typeof again === "string") return { wasChecked: false, wasSeen: false, tables: 0, problem: again, outcomes };
    current = again;
  }
  try {
    const { loadConfiguration, reportConfiguration } = await import("./check-configuration.ts");
    const loaded = await loadConfiguration(current, kind, run);
    if (typeof loaded === "string") return { wasChecked: false, wasSeen: false, tables: 0, problem: loaded, outcomes };
    await reportConfiguration(loaded.server, new Map([[loaded.file.path, input.name]]), run);
    const isOwn = input.path !== null && path.basename(input.path) === "main.cf";
    const { checkTables } = await import("./check-tables.ts");
    const tables = isOwn ? await checkTables(loaded.server, seen, run) : NO_TABLES;
    return {
      wasChecked: true,
      wasSeen: false,
      tables: tables.count,
      problem: null,
      outcomes: [...outcomes, ...tables.outcomes],
    };
  } finally {
    if (current !== input) await current.close();
  }
}

/** As openInput, with the system's words also for what fails on the first bytes. */
async function openFile(name: string): Promise<Input | string> {
  return openInput(name).catch(systemWords);
}

function skipped(problem: string | null): FileResult {
  return { wasChecked: false, wasSeen: false, tables: 0, problem, outcomes: [] };
}
