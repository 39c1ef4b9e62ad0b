import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { hoverProblem } from "./hover-problem.ts";
import type { OpenLine } from "./open-line.ts";
import type { Finding, ProofCase } from "./proof-case.ts";
import type { World } from "./world.ts";

/** What a finding quotes Postfix with. */
const QUOTES = "Postfix says: ";

/**
 * Shows the configuration in the editor and reads squiggle and hover.
 * @param printed the line in which the real Postfix complains: where the finding quotes Postfix, these are its words.
 */
export async function openFinding(world: World, proofCase: ProofCase, printed: string): Promise<OpenLine | string> {
  const { entry, finding } = proofCase;
  if (finding === undefined) return "the case has no finding";
  const { uri, text } = await show(world, finding);
  const number = text.split("\n").findIndex((line) => line.includes(finding.at));
  const diagnostics = (await world.editor.diagnostics(uri)).filter(({ range }) => range.start.line === number);
  const found = diagnostics.find(({ code }) => code === entry);
  if (found === undefined) {
    const codes = diagnostics.map(({ code }) => String(code)).join(", ");
    return `line ${number + 1} of ${finding.file} has the problems [${codes}], not ${entry}`;
  }
  const [, quoted = null] = (typeof found.message === "string" ? found.message : found.message.value).split(QUOTES);
  // Behind the end of what the release at hand prints, a later one may go on; a release or a build that prints nothing is not quoted.
  const isHere = proofCase.postfixVersion === undefined && proofCase.tableTypes === undefined;
  const real = quoted?.replaceAll(world.seenAt(""), world.postfix.directory);
  if (real !== undefined && isHere && !printed.includes(real)) {
    return `the finding quotes Postfix with "${quoted}", which is not in: ${printed}`;
  }
  const opened = { uri, line: number, diagnostics };
  return (await hoverProblem(world, proofCase, opened, found.range.start.character)) ?? opened;
}

/** Whether a check of the file as it is on disk now still names the mistake. */
export async function stillFound(world: World, { entry }: ProofCase, finding: Finding): Promise<boolean> {
  const { uri } = await show(world, finding);
  return (await world.editor.diagnostics(uri)).some(({ code }) => code === entry);
}

async function show(world: World, { file }: Finding): Promise<{ readonly uri: string; readonly text: string }> {
  const place = world.seenAt(file);
  const uri = pathToFileURL(place).href;
  const text = await readFile(place, "utf8");
  await world.editor.open(uri, languageOf(file), text);
  return { uri, text };
}

function languageOf(file: string): string {
  if (file === "main.cf") return "postfix-main-cf";
  if (file === "master.cf") return "postfix-master-cf";
  if (file.endsWith(".cidr")) return "postfix-cidr-table";
  return file.endsWith(".pcre") || file.endsWith(".regexp") ? "postfix-regexp-table" : "postfix-table";
}
