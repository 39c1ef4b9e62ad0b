import type { FileEdit } from "@postmaster/core/fixes/fix-offer.ts";
import type { TextEdit } from "@postmaster/core/text/text-edit.ts";
import {
  type ConfigurationKind,
  findingsInFile,
  type LoadedConfiguration,
  loadConfiguration,
} from "../check/check-configuration.ts";
import type { CheckRun } from "../check/check-run.ts";
import { type Input, openInput } from "../input/open-input.ts";
import { applyFileEdits, type FixOutcome } from "./apply-fixes.ts";
import { safeEdit } from "./fix-list.ts";

/** Fixes that touch each other take several rounds; more than this means that two of them undo each other. */
const MOST_ROUNDS = 20;

/** Applies the safe fixes for what the rules find in one file, until none is left. Other files are not touched. */
export async function fixConfiguration(
  name: string,
  kind: ConfigurationKind,
  run: CheckRun,
): Promise<readonly FixOutcome[]> {
  const outcomes: FixOutcome[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const input = await openInput(name);
    if (typeof input === "string") break;
    const loaded = await loadAndClose(input, kind, run);
    if (typeof loaded === "string") break;
    const { offers, edit } = fittingTogether(loaded, run);
    if (offers.length === 0) break;
    const problem = await applyFileEdits([edit]);
    outcomes.push(...offers.map((offer) => ({ offer, server: loaded.server, problem })));
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

/** As many of the safe fixes as change different places of the file. */
function fittingTogether(loaded: LoadedConfiguration, run: CheckRun) {
  const edits: TextEdit[] = [];
  const offers = findingsInFile(loaded, run).flatMap(({ fixes }) => {
    const offer = safeEdit(fixes);
    if (offer === null || offer.files.some(({ file }) => file.path !== loaded.file.path)) return [];
    const own = offer.files.flatMap((file) => file.edits);
    if (own.some((edit) => edits.some((other) => touch(edit, other)))) return [];
    edits.push(...own);
    return [offer];
  });
  const edit: FileEdit = { file: loaded.file, edits };
  return { offers, edit };
}

function touch(a: TextEdit, b: TextEdit): boolean {
  return a.span.start <= b.span.end && b.span.start <= a.span.end;
}
