import process from "node:process";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { explainText, nameMeantBy } from "@postmaster/core/features/explain.ts";
import { terminalMarkdown } from "@postmaster/core/report/terminal/markdown.ts";
import { rulePage } from "@postmaster/core/rules/rule-page.ts";
import { untilStopped } from "../host/until-stopped.ts";
import { visitLines } from "../input/byte-lines.ts";
import { openInput, systemWords } from "../input/open-input.ts";
import { type ExitCode, FOUND_NOTHING, FOUND_SOMETHING, UsageError } from "./exit-code.ts";
import { parseOptions } from "./options.ts";
import type { Output } from "./output.ts";

const NARROWEST = 40;
const WIDEST = 100;

/** `postmaster explain`: what the hover would say. */
export async function explain(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = parseOptions(args, {});
  if (options.words.length === 0)
    throw new UsageError("explain needs a line of a log, an id, or - for the standard input");
  const [first] = options.words;
  // A line that the shell has split into words is one line all the same.
  const text = options.words.length === 1 && first === "-" ? await firstLineOfInput() : options.words.join(" ");
  const markdown = rulePage(text.trim()) ?? explainText(createCatalogueEngine(), text);
  if (markdown === null) {
    const meant = nameMeantBy(text);
    output.note(`nothing is known about this${meant === null ? "" : `; did you mean ${meant}?`}`);
    return FOUND_SOMETHING;
  }
  const columns = Math.max(NARROWEST, Math.min(process.stdout.columns ?? WIDEST, WIDEST));
  await output.write(`${terminalMarkdown(markdown, columns, output.paint)}\n`);
  return FOUND_NOTHING;
}

async function firstLineOfInput(): Promise<string> {
  const input = await openInput("-").catch(systemWords);
  if (typeof input === "string") throw new UsageError(`the standard input ${input}`);
  let first: string | null = null;
  const chunks = untilStopped(input.chunks, () => first !== null);
  await visitLines(chunks, (bytes, start, end) => {
    first ??= Buffer.from(bytes.subarray(start, end)).toString("utf8");
    return undefined;
  });
  await input.close();
  return first ?? "";
}
