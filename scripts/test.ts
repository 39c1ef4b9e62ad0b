import { parseArgs } from "node:util";
import { Advice, duration, Failure, main, say } from "./lib/say.ts";
import { installCommand, installPackages, mayInstallPackages, missingPackages } from "./lib/system-packages.ts";
import { checkStages } from "./stages/check-stages.ts";
import { e2eStage } from "./stages/e2e-stage.ts";
import { packageStage } from "./stages/package-stage.ts";
import { failed, type Outcome, type Stage } from "./stages/stage.ts";
import {
  neovimStage,
  personStage,
  postfixStage,
  proofStage,
  situationsStage,
  unitStage,
} from "./stages/test-stages.ts";

// `npm test`: everything. `npm test -- --only unit,e2e`: these stages. `--except e2e`: all but these.
// With CI=true a part that cannot run is a failure; elsewhere it is listed at the end with the reason.

const STAGES: readonly Stage[] = [
  ...checkStages,
  unitStage,
  postfixStage,
  situationsStage,
  proofStage,
  neovimStage,
  packageStage,
  e2eStage,
  personStage,
];
const inCi = process.env["CI"] === "true" || process.env["CI"] === "1";

interface Finished {
  readonly stage: Stage;
  readonly outcome: Outcome;
  /** Milliseconds. */
  readonly took: number;
}

await main(async () => {
  const stages = chosenStages();
  const unavailable = await provideSystemPackages(new Set(stages.flatMap((stage) => stage.needs)));
  const finished: Finished[] = [];
  for (const [index, stage] of stages.entries()) {
    process.stdout.write(`\n── ${index + 1}/${stages.length} ${stage.name}: ${stage.title}\n`);
    const started = performance.now();
    const outcome = await runStage(stage, unavailable);
    const took = performance.now() - started;
    finished.push({ stage, outcome, took });
    if (outcome.kind === "failed") say(`${stage.name} FAILED: ${outcome.reason}`);
  }
  return report(finished);
});

function chosenStages(): readonly Stage[] {
  const { values } = parseArgs({ options: { only: { type: "string" }, except: { type: "string" } } });
  const only = names(values.only);
  const except = names(values.except);
  return STAGES.filter(({ name }) => (only.length === 0 || only.includes(name)) && !except.includes(name));
}

function names(list: string | undefined): readonly string[] {
  const given = (list ?? "").split(",").filter((name) => name !== "");
  for (const name of given) {
    if (STAGES.some((stage) => stage.name === name)) continue;
    throw new Advice(`there is no stage "${name}". There are: ${STAGES.map((stage) => stage.name).join(", ")}`);
  }
  return given;
}

/** Installs what the stages need, where that is ours to do. The result: what is still missing, and what to do about it. */
async function provideSystemPackages(needed: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const missing = missingPackages().filter((one) => needed.has(one.package));
  if (missing.length === 0) return new Map();
  for (const one of missing) say(`${one.package} is missing; it is needed for ${one.for}`);
  const problem = mayInstallPackages()
    ? await installPackages(missing)
    : `Install it with your system's package client; on Debian, as root: ${installCommand(missing)}`;
  if (problem !== null) say(problem);
  return new Map(
    missingPackages().map((one) => [one.package, problem ?? `${one.package} was installed but is not found`]),
  );
}

async function runStage(stage: Stage, unavailable: ReadonlyMap<string, string>): Promise<Outcome> {
  const lacking = stage.needs.filter((name) => unavailable.has(name));
  if (lacking.length > 0) {
    return { kind: "not run", reason: `${lacking.join(", ")} missing. ${unavailable.get(lacking[0] ?? "") ?? ""}` };
  }
  try {
    return await stage.run();
  } catch (error) {
    if (error instanceof Advice) return { kind: "not run", reason: error.message };
    if (error instanceof Failure) return failed(error.message);
    return failed(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

function report(finished: readonly Finished[]): number {
  process.stdout.write("\n── summary\n");
  let passedTests = 0;
  let failedTests = 0;
  let failures = 0;
  for (const { stage, outcome, took } of finished) {
    const missing = outcome.kind === "not run";
    if (outcome.kind === "failed" || (missing && inCi)) failures += 1;
    if (!missing) passedTests += outcome.passed;
    if (outcome.kind === "failed") failedTests += outcome.failed;
    const detail =
      outcome.kind === "passed"
        ? (outcome.note ?? `${outcome.passed} passed`)
        : (outcome.reason.split("\n", 1)[0] ?? "");
    const word = missing && inCi ? "MISSING" : outcome.kind === "failed" ? "FAILED" : outcome.kind;
    process.stdout.write(`${stage.name.padEnd(10)} ${word.padEnd(8)} ${duration(took).padStart(12)}  ${detail}\n`);
  }
  const notRun = finished.filter(({ outcome }) => outcome.kind === "not run");
  if (notRun.length > 0)
    process.stdout.write(inCi ? "\nIn CI every part must run; missing:\n" : "\nCould not run here:\n");
  for (const { stage, outcome } of notRun) {
    if (outcome.kind === "not run") process.stdout.write(`  ${stage.name}: ${outcome.reason}\n`);
  }
  process.stdout.write(`\n${passedTests} passed, ${failedTests + (inCi ? notRun.length : 0)} failed\n`);
  return failures === 0 ? 0 : 1;
}
