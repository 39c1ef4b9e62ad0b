import path from "node:path";
import type { FileEdit } from "@postmaster/core/fixes/fix-offer.ts";
import type { MailServer } from "@postmaster/core/model/mail-server.ts";
import type { RuleFinding } from "@postmaster/core/rules/rule.ts";
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
    const { offers, edit } = fittingTogether(await findingsInFile(server, file, run), file);
    if (edit === null) break;
    const problem = await applyFileEdits([edit]);
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

/** As many of the safe fixes as change different places of the file. */
function fittingTogether(findings: readonly RuleFinding[], target: string) {
  const edits: TextEdit[] = [];
  const offers = findings.flatMap(({ fixes }) => {
    const offer = safeEdit(fixes);
    if (offer === null || offer.files.some(({ file }) => file.path !== target)) return [];
    const own = offer.files.flatMap((file) => file.edits);
    if (own.some((edit) => edits.some((other) => touch(edit, other)))) return [];
    edits.push(...own);
    return [offer];
  });
  const [first] = offers.flatMap(({ files }) => files);
  const edit: FileEdit | null = first === undefined ? null : { file: first.file, edits };
  return { offers, edit };
}

function touch(a: TextEdit, b: TextEdit): boolean {
  return a.span.start <= b.span.end && b.span.start <= a.span.end;
}
