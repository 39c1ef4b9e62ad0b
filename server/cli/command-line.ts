import process from "node:process";
import { didYouMean } from "@postmaster/core/text/did-you-mean.ts";
import { type ExitCode, FAILED, FOUND_NOTHING, UsageError } from "./exit-code.ts";
import { HELP, VERBS, type Verb } from "./help.ts";
import { type Output, standardOutput } from "./output.ts";
import { version } from "./version.ts";

type Run = (args: readonly string[], output: Output) => Promise<ExitCode>;

/** Loaded when asked for: a log is parsed without the language server in memory. */
const RUNS: Readonly<Record<Verb, () => Promise<Run>>> = {
  check: async () => (await import("./check.ts")).check,
  parse: async () => (await import("./parse.ts")).parse,
  redact: async () => (await import("./redact.ts")).redact,
  trace: async () => (await import("./trace.ts")).trace,
  report: async () => (await import("./report.ts")).report,
  admit: async () => (await import("./admit.ts")).admit,
  route: async () => (await import("./route.ts")).route,
  explain: async () => (await import("./explain.ts")).explain,
  lsp: async () => (await import("./lsp.ts")).lsp,
};

/** What others call it. */
const SAID_OTHERWISE: ReadonlyMap<string, string> = new Map([
  ["fix", "check --fix"],
  ["lint", "check"],
  ["follow", "check --follow"],
  ["tail", "check --follow"],
]);

async function run(args: readonly string[], output: Output): Promise<ExitCode> {
  const [word, ...rest] = args;
  if (word === "--help" || word === "-h" || word === "help") {
    const verb = VERBS.find((name) => name === rest[0]);
    await writeHelp(verb ?? "postmaster", output);
    return FOUND_NOTHING;
  }
  if (word === "--version") {
    await output.write(`${version}\n`);
    return FOUND_NOTHING;
  }
  if (word === undefined) throw new UsageError(`what shall I do? ${VERBS.join(", ")}`);
  const verb = VERBS.find((name) => name === word);
  if (verb === undefined) {
    const meant = SAID_OTHERWISE.get(word) ?? didYouMean(word, VERBS);
    throw new UsageError(`there is no “${word}”${meant === null ? "" : `; did you mean ${meant}?`}`);
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    await writeHelp(verb, output);
    return FOUND_NOTHING;
  }
  return (await RUNS[verb]())(rest, output);
}

async function writeHelp(about: keyof typeof HELP, output: Output): Promise<void> {
  const { fitHelp } = await import("./fit-help.ts");
  await output.write(fitHelp(HELP[about], output.columns));
}

/**
 * Does what the words after `postmaster` say. Sets the exit code of the process, which ends by itself then: `process.exit` takes some milliseconds less, but waits for
 * ever where V8 compiles in the background and wants to collect garbage first (nodejs/node#54918), as of a hundred runs on a busy machine one did.
 */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  const output = standardOutput();
  // A stream tells late that it could not be written.
  process.once("exit", () => {
    if (output.hasFailed) process.exitCode = FAILED;
  });
  try {
    process.exitCode = await run(args, output);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const [word] = args;
    const verb = VERBS.find((name) => name === word);
    output.note(`${error.message}\nTry: postmaster ${verb === undefined ? "" : `${verb} `}--help`);
    process.exitCode = FAILED;
  } finally {
    await output.flush();
  }
}
