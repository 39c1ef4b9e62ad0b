import { pathToFileURL } from "node:url";
import { hoverProblem } from "./hover-problem.ts";
import type { OpenLine } from "./open-line.ts";
import type { ProofCase } from "./proof-case.ts";
import type { World } from "./world.ts";

/** Shows the log in the editor and reads squiggle and hover. A text: what is wrong with them. */
export async function openLogLine(world: World, proofCase: ProofCase, line: string): Promise<OpenLine | string> {
  const { entry, provoke } = proofCase;
  const log = world.logOf(provoke.via);
  const text = await log.text();
  const number = text.split("\n").indexOf(line);
  const uri = pathToFileURL(log.path).href;
  await world.editor.open(uri, "postfix-log", text);
  const diagnostics = (await world.editor.diagnostics(uri)).filter(({ range }) => range.start.line === number);
  const codes = diagnostics.map(({ code }) => String(code));
  if (!codes.includes(entry)) return `the line has the problems [${codes.join(", ")}], not ${entry}: ${line}`;
  const at = diagnostics.find(({ code }) => code === entry)?.range.start.character ?? 0;
  const opened = { uri, line: number, diagnostics };
  return (await hoverProblem(world, proofCase, opened, at)) ?? opened;
}
