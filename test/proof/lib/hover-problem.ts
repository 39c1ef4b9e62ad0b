import type { OpenLine } from "./open-line.ts";
import type { ProofCase } from "./proof-case.ts";
import type { World } from "./world.ts";

/** What an editor's hover at a character, with the squiggle's own message, lacks of what the case wants said; null if nothing. */
export async function hoverProblem(
  world: World,
  { hover }: ProofCase,
  { uri, line, diagnostics }: OpenLine,
  character: number,
): Promise<string | null> {
  const messages = diagnostics.map(({ message }) => (typeof message === "string" ? message : message.value));
  const markdown = (await world.editor.hover(uri, line, character)) ?? "";
  const shown = [...messages, markdown.replaceAll(/\\([!-/:-@[-`{-~])|`/g, "$1")].join("\n");
  const missing = hover.filter((one) => !shown.includes(one));
  return missing.length === 0 ? null : `the hover lacks ${JSON.stringify(missing)}:\n${shown}`;
}
