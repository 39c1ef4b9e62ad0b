import type { AfterFixArguments } from "@postmaster/server/lsp/protocol.ts";
import type { CodeAction, WorkspaceEdit } from "vscode-languageserver/node";
import { eventually } from "../../eventually.ts";
import { admitted } from "./admission.ts";
import type { FixResult } from "./case-result.ts";
import { commandArgument } from "./editor.ts";
import { stillFound } from "./open-finding.ts";
import type { OpenLine } from "./open-line.ts";
import type { FixCase, ProofCase } from "./proof-case.ts";
import { expectAftermath } from "./provoke.ts";
import { runProgram } from "./run-program.ts";
import type { World } from "./world.ts";

/** How long the server may go by what it read before, in milliseconds. */
const LONGEST_KEPT = 5000;

interface FixRun {
  readonly proofCase: ProofCase;
  readonly fixCase: FixCase;
  readonly opened: OpenLine;
  /** Who was admitted before. */
  readonly before: ReadonlySet<string>;
}

/** A fix as its user chose it. */
interface Chosen {
  readonly title: string;
  readonly safety: FixCase["safety"];
  readonly cost: string;
  /** Null for a fix that is a command. */
  readonly edit: WorkspaceEdit | null;
  readonly after: AfterFixArguments | null;
  readonly commands: readonly string[];
}

export async function runFix(world: World, run: FixRun): Promise<FixResult> {
  const { proofCase, fixCase } = run;
  if (fixCase.withheld !== undefined) {
    const other = await expectWithheld(world, run, fixCase.withheld);
    return { fixCase, title: fixCase.withheld, opened: [], commands: [], problem: other };
  }
  let chosen: Chosen | string = "it was not offered";
  let openedNow: readonly string[] = [];
  let problem: string | null;
  try {
    chosen = await choose(world, run);
    if (typeof chosen === "string") problem = chosen;
    else {
      await apply(world, run, chosen);
      problem =
        safetyProblem(fixCase, chosen) ??
        (await expectAftermath(world, proofCase, fixCase.then, fixCase.keeps === true ? "kept" : "gone")) ??
        (await findingProblem(world, proofCase));
      const now = await admitted(world, proofCase);
      openedNow = [...now].filter((admission) => !run.before.has(admission));
      problem ??= admissionProblem(fixCase, openedNow);
    }
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  const picked = typeof chosen === "string" ? null : chosen;
  // A folder's name that is another one each time is none for a page.
  const commands = picked?.commands.map((command) => command.replaceAll(world.seenAt(""), "/etc/postfix")) ?? [];
  return { fixCase, title: picked?.title ?? "", opened: openedNow, commands, problem };
}

/** Opens the light bulb and picks the fix; answers what it asks. A text: why that is not possible. */
async function choose(
  world: World,
  { proofCase, fixCase, opened: { uri, line, diagnostics } }: FixRun,
): Promise<Chosen | string> {
  const actions = await world.editor.actions(uri, line, diagnostics);
  const wanted = `${proofCase.entry}/${fixCase.fix}#`;
  const titles = actions.map((action) => {
    const why = commandArgument(action, "postmaster.showReason");
    return why === null ? action.title : `${action.title} (${why.reason})`;
  });
  if (fixCase.runs !== undefined) {
    const action = actions.find(
      (one) => one.command?.command === "postmaster.copyCommands" && one.title.includes(fixCase.title ?? ""),
    );
    const commands = action === undefined ? null : commandArgument(action, "postmaster.copyCommands");
    return action === undefined || commands === null
      ? `no commands are offered, only ${titles.join("; ")}`
      : {
          title: action.title,
          // The light bulb does not show how safe commands are.
          safety: fixCase.safety,
          cost: "not shown",
          edit: null,
          after: null,
          commands: commands.commands,
        };
  }
  for (const action of actions) {
    if (fixCase.title !== undefined && !action.title.includes(fixCase.title)) continue;
    const ask = commandArgument(action, "postmaster.askThenFix");
    if (ask?.fixId.startsWith(wanted) === true) {
      const result = await world.editor.fix({ ...ask, answers: fixCase.answers ?? {} });
      return result.edit === null || result.after === null
        ? (result.problem ?? "no edit")
        : chosenFrom(result.title, result.edit, result.after);
    }
    if (!idOf(action).startsWith(wanted)) continue;
    const resolved = await world.editor.resolve(action);
    const after = commandArgument(resolved, "postmaster.afterFix");
    return resolved.edit === undefined || after === null
      ? "the offer could not be resolved"
      : chosenFrom(action.title, resolved.edit, after);
  }
  return `it is not offered; there are: ${titles.join("; ")}`;
}

function idOf(action: CodeAction): string {
  const data: unknown = action.data;
  const fields: Readonly<Record<string, unknown>> = typeof data === "object" && data !== null ? { ...data } : {};
  const id = fields["fixId"];
  return typeof id === "string" ? id : "";
}

const FIXING_COMMANDS: readonly string[] = ["postmaster.askThenFix", "postmaster.copyCommands", "postmaster.showLines"];

/** An edit, now or once it is resolved, or lines and commands to make it by hand; not a way to look at something. */
function changesSomething({ edit, data, command }: CodeAction): boolean {
  return edit !== undefined || data !== undefined || FIXING_COMMANDS.includes(command?.command ?? "");
}

/** The light bulb must have nothing but the reason why this fix is not to be had. */
async function expectWithheld(
  world: World,
  { opened: { uri, line, diagnostics } }: FixRun,
  wanted: string,
): Promise<string | null> {
  const actions = await world.editor.actions(uri, line, diagnostics);
  const offered = actions.filter(changesSomething);
  if (offered.length > 0) return `something is offered: ${offered.map(({ title }) => title).join("; ")}`;
  const reasons = actions.flatMap((action) => commandArgument(action, "postmaster.showReason")?.reason ?? []);
  return reasons.some((one) => one.includes(wanted)) ? null : `other reasons: ${reasons.join("; ")}`;
}

function chosenFrom(title: string, edit: WorkspaceEdit, after: AfterFixArguments): Chosen {
  const [annotation] = Object.values(edit.changeAnnotations ?? {});
  const safety = annotation === undefined ? "safe" : annotation.label.startsWith("Risky: ") ? "risky" : "review";
  return {
    title,
    safety,
    cost: (annotation?.description ?? "").replace("Tick to apply.", "").trim(),
    edit,
    after,
    commands: after.commands,
  };
}

/** The edit to the files, and then what the fix says has to be run: Postfix's commands as they are given, a restart by the run's own hand. */
async function apply(world: World, { proofCase, fixCase }: FixRun, { edit, after, commands }: Chosen): Promise<void> {
  if (fixCase.runs === "commands") {
    for (const command of commands) {
      if (/^postfix .*reload$/.test(command)) await world.postfix.reload();
      else await runHere(world, command);
    }
    return;
  }
  if (fixCase.runs === "filter") {
    await world.startFilter();
    // What waits in the queue is not what the next try is about.
    await world.postfix.emptyQueue();
    return;
  }
  if (edit === null || after === null) return;
  if ((await world.editor.applyToDisk(edit)).length === 0) throw new Error("the edit changes nothing");
  for (const step of after.after) {
    if (step.kind === "restart") await world.restart(step.service, proofCase);
    else if (step.kind === "reload") await world.postfix.reload();
    else {
      const command = commands.find((one) => one.startsWith(`${step.kind} `) && one.includes(step.table));
      if (command === undefined)
        throw new Error(`no command for ${step.kind} ${step.table} among ${commands.join("; ")}`);
      await runHere(world, command);
    }
  }
}

/** A folder that is not the system's is taken for a copy of it, and the command is the one for the server itself. */
async function runHere({ postfix: { directory, environment } }: World, command: string): Promise<void> {
  await runProgram("sh", ["-c", command.replaceAll("/etc/postfix/", `${directory}/`)], environment);
}

/** A finding that is mended is not found again. */
async function findingProblem(world: World, proofCase: ProofCase): Promise<string | null> {
  const { finding } = proofCase;
  if (finding === undefined) return null;
  // What the server knows of files that nobody has open may be a second old: then it says so and is asked again.
  const isGone = eventually("the end of the finding", async () => !(await stillFound(world, proofCase, finding)), {
    within: LONGEST_KEPT,
  });
  return isGone.then(
    () => null,
    () => "the check of the mended file still finds it",
  );
}

function safetyProblem(fixCase: FixCase, { safety, cost }: Chosen): string | null {
  if (safety !== fixCase.safety) return `it is offered as ${safety}, not ${fixCase.safety}`;
  return safety !== "safe" && cost === "" ? "it does not say what it costs" : null;
}

/** What a fix lets in must be what its case says, and nothing at all if it calls itself safe. */
function admissionProblem({ safety, opens = [] }: FixCase, opened: readonly string[]): string | null {
  if (safety === "safe" && opened.length > 0) return `a safe fix admits ${opened.join(", ")}`;
  const expected = [...opens].sort().join(", ");
  const found = [...opened]
    .map((one) => one.replace(/ by smtp$/, ""))
    .sort()
    .join(", ");
  return expected === found ? null : `it admits [${found}] and was expected to admit [${expected}]`;
}
