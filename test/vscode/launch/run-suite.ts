import { readFileSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSuite } from "../../../scripts/lib/bundles.ts";
import { inRoot } from "../../../scripts/lib/paths.ts";
import { duration, say } from "../../../scripts/lib/say.ts";
import versions from "../../../scripts/vscode/versions.json" with { type: "json" };
import type { Report } from "../suite/test.ts";
import { runInBrowser } from "./browser-suite.ts";
import { desktopIsPossible, runOnDesktop } from "./desktop-suite.ts";
import type { LaunchOptions, LaunchOutcome } from "./launch-options.ts";

export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  /** What went wrong beside the tests themselves, or null. */
  readonly problem: string | null;
}

/** The whole run, start of VS Code included, in milliseconds. */
const TIME_LIMIT = 15 * 60_000;

/**
 * Run the end-to-end suite in a real VS Code on a scratch copy of samples/, and print each test's result.
 * `POSTMASTER_VSCODE` chooses which: `browser`, or a version of desktop VS Code such as `1.91.0` or `stable`; without it,
 * the newest desktop VS Code where it can be downloaded and shown, else the browser-based one.
 */
export async function runSuite(extension: string): Promise<SuiteResult> {
  const scratch = await mkdtemp(join(tmpdir(), "postmaster-e2e-"));
  try {
    const workspace = join(scratch, "samples");
    await cp(inRoot("samples"), workspace, { recursive: true });
    const suite = join(scratch, "suite.cjs");
    await buildSuite(inRoot("test/vscode/suite/index.ts"), suite);
    const report = join(scratch, "report.ndjson");
    await writeFile(report, "");
    const console = join(scratch, "console.log");
    await writeFile(console, "");
    const following = followReport(report);
    let outcome: LaunchOutcome;
    try {
      outcome = await launch({ extension, suite, workspace, report, console, timeLimit: TIME_LIMIT });
    } finally {
      following.stop();
    }
    const result = summarize(following.stop(), outcome);
    if (result.problem !== null) process.stdout.write(await readFile(console, "utf8"));
    return result;
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function launch(options: LaunchOptions): Promise<LaunchOutcome> {
  const wanted = process.env["POSTMASTER_VSCODE"] ?? "";
  const version = wanted === "" && (await desktopIsPossible()) ? versions.newestDesktop : wanted;
  if (version === "" || version === "browser") {
    say(`in the browser-based VS Code (code-server ${versions.codeServer})`);
    return runInBrowser(options);
  }
  say(`in desktop VS Code ${version}`);
  return runOnDesktop(version, options);
}

/** Prints results as they are written; `stop` gives back all of them. */
function followReport(file: string): { stop(): readonly Report[] } {
  const seen: Report[] = [];
  const look = () => {
    const lines = readFileSync(file, "utf8").split("\n").slice(seen.length, -1);
    for (const line of lines) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own suite wrote it, with this very type
      const one = JSON.parse(line) as Report;
      seen.push(one);
      print(one);
    }
  };
  const timer = setInterval(look, 500);
  return {
    stop() {
      clearInterval(timer);
      look();
      return seen;
    },
  };
}

function print(one: Report): void {
  if (one.event === "start") return;
  process.stdout.write(`${one.event === "pass" ? "✔" : "✖"} ${one.name} (${duration(one.milliseconds)})\n`);
  if (one.event === "fail") process.stdout.write(`${one.error.replaceAll(/^/gm, "    ")}\n`);
}

function summarize(reports: readonly Report[], outcome: LaunchOutcome): SuiteResult {
  const passed = reports.filter(({ event }) => event === "pass").length;
  const failed = reports.filter(({ event }) => event === "fail").length;
  return { passed, failed, problem: problemOf(reports, outcome, failed) };
}

function problemOf(reports: readonly Report[], outcome: LaunchOutcome, failed: number): string | null {
  const last = reports.at(-1);
  if (outcome === null)
    return `VS Code was stopped after ${duration(TIME_LIMIT)}${last === undefined ? "" : `, during: ${last.name}`}`;
  if (last === undefined) return `VS Code ended (exit code ${outcome}) without running a test`;
  if (last.event === "start") return `VS Code ended (exit code ${outcome}) during: ${last.name}`;
  return outcome !== 0 && failed === 0 ? `VS Code ended with exit code ${outcome}` : null;
}
