import { admittedBefore } from "./admission.ts";
import type { CaseResult, FixResult } from "./case-result.ts";
import { openFinding } from "./open-finding.ts";
import { openLogLine } from "./open-log-line.ts";
import type { ProofCase } from "./proof-case.ts";
import { expectAftermath, provoke } from "./provoke.ts";
import { runFix } from "./run-fix.ts";
import type { World } from "./world.ts";

/** Reproduce, explain, fix, gone. Never throws: what went wrong is the result. */
export async function runCase(world: World, proofCase: ProofCase): Promise<CaseResult> {
  const started = performance.now();
  const progress = { line: null as string | null, isExplained: false, fixes: [] as FixResult[] };
  let problem: string | null = null;
  try {
    problem = await play(world, proofCase, progress);
  } catch (error) {
    const log = await world.logOf(proofCase.provoke.via).text();
    problem = `${error instanceof Error ? error.message : String(error)}; logged was\n${log}`;
  }
  return { proofCase, ...progress, problem, took: performance.now() - started };
}

interface Progress {
  line: string | null;
  isExplained: boolean;
  readonly fixes: FixResult[];
}

async function play(world: World, proofCase: ProofCase, progress: Progress): Promise<string | null> {
  const { provoke: provocation, fixes, again } = proofCase;
  await world.begin(proofCase);
  const outcome = await provoke(world, proofCase);
  const expected = "reply" in provocation ? (provocation.reply ?? "") : "";
  if (!outcome.reply.startsWith(expected)) {
    return `the answer is "${outcome.reply}", not "${expected}"; logged was\n${outcome.log}`;
  }
  const line = await world.logOf(provocation.via).line(proofCase.log);
  progress.line = line;

  const show = proofCase.finding === undefined ? openLogLine : openFinding;
  const opened = await show(world, proofCase, line);
  if (typeof opened === "string") return opened;
  progress.isExplained = true;

  if (again !== undefined) return expectAftermath(world, proofCase, again, "any");
  if (fixes.length === 0) return null;
  const before = await admittedBefore(world, proofCase);
  for (const [index, fixCase] of fixes.entries()) {
    if (index > 0) {
      await world.begin(proofCase);
      // A log stays as it was; a file that the last fix changed is shown as it is now.
      if (proofCase.finding !== undefined) await openFinding(world, proofCase, line);
    }
    progress.fixes.push(await runFix(world, { proofCase, fixCase, opened, before }));
  }
  return null;
}
