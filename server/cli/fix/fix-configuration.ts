import path from "node:path";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import { fittingSafeFixes } from "@postmaster/core/rules/safe-edits.ts";
import { type Input, openInput } from "../../input/open-input.ts";
import {
  type ConfigurationKind,
  findingsInFile,
  type LoadedConfiguration,
  loadConfiguration,
} from "../check/check-configuration.ts";
import type { CheckRun } from "../check/check-run.ts";
import { applyFileEdits, type FixOutcome } from "./apply-fixes.ts";

/** Fixes that touch each other take several rounds; more than this means that two of them undo each other. */
const MOST_ROUNDS = 20;

/** Applies the safe fixes for what the rules find in one main.cf or master.cf, until none is left. Other files are not touched. */
export async function fixConfiguration(
  name: string,
  kind: ConfigurationKind,
  run: CheckRun,
): Promise<readonly FixOutcome[]> {
  const load = async (): Promise<MailServer | null> => {
    const input = await openInput(name);
    const loaded = typeof input === "string" ? input : await loadAndClose(input, kind, run);
    return typeof loaded === "string" ? null : loaded.server;
  };
  return fixFile(path.resolve(name), load, run);
}

/** The same for any file of a configuration; `load` reads it all anew. */
export async function fixFile(
  file: string,
  load: () => Promise<MailServer | null>,
  run: CheckRun,
): Promise<readonly FixOutcome[]> {
  const outcomes: FixOutcome[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const server = await load();
    if (server === null) break;
    const { offers, edits } = fittingSafeFixes(await findingsInFile(server, file, run), file);
    const [first] = offers.flatMap(({ files }) => files);
    if (first === undefined) break;
    const problem = await applyFileEdits([{ file: first.file, edits }]);
    outcomes.push(...offers.map((offer) => ({ offer, server, problem })));
    if (problem !== null) break;
  }
  if (outcomes.length > 0) run.configurations.forget();
  return outcomes;
}

async function loadAndClose(
  input: Input,
  kind: ConfigurationKind,
  run: CheckRun,
): Promise<LoadedConfiguration | string> {
  try {
    return await loadConfiguration(input, kind, run);
  } finally {
    await input.close();
  }
}
