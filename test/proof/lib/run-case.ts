import { pathToFileURL } from "node:url";
import { admitted } from "./admission.ts";
import type { CaseResult, FixResult } from "./case-result.ts";
import type { OpenLine } from "./open-line.ts";
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
  const outcome = await provoke(world, provocation);
  if (!outcome.reply.startsWith(provocation.reply)) {
    return `the answer is "${outcome.reply}", not "${provocation.reply}"; logged was\n${outcome.log}`;
  }
  const line = await world.logOf(provocation.via).line(proofCase.log);
  progress.line = line;

  const opened = await openLine(world, proofCase, line);
  if (typeof opened === "string") return opened;
  progress.isExplained = true;

  if (again !== undefined) return expectAftermath(world, provocation, again, []);
  const before = await admitted(world, proofCase);
  for (const [index, fixCase] of fixes.entries()) {
    if (index > 0) await world.begin(proofCase);
    progress.fixes.push(await runFix(world, { proofCase, fixCase, opened, before }));
  }
  return null;
}

/** Shows the log in the editor and reads squiggle and hover. A text: what is wrong with them. */
async function openLine(
  world: World,
  { entry, hover, provoke: { via } }: ProofCase,
  line: string,
): Promise<OpenLine | string> {
  const log = world.logOf(via);
  const text = await log.text();
  const number = text.split("\n").indexOf(line);
  const uri = pathToFileURL(log.path).href;
  await world.editor.open(uri, "postfix-log", text);
  const diagnostics = (await world.editor.diagnostics(uri)).filter(({ range }) => range.start.line === number);
  const codes = diagnostics.map(({ code }) => String(code));
  if (!codes.includes(entry)) return `the line has the problems [${codes.join(", ")}], not ${entry}: ${line}`;
  const at = diagnostics.find(({ code }) => code === entry)?.range.start.character ?? 0;
  const shown = (await world.editor.hover(uri, number, at))?.replaceAll(/\\([!-/:-@[-`{-~])|`/g, "$1") ?? "";
  const missing = hover.filter((one) => !shown.includes(one));
  if (missing.length > 0) return `the hover lacks ${JSON.stringify(missing)}:\n${shown}`;
  return { uri, line: number, diagnostics };
}
