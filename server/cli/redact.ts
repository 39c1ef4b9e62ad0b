import { readFile } from "node:fs/promises";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { lineText } from "@postmaster/core/log/line-content.ts";
import { redactLine } from "@postmaster/core/report/redact/redact-line.ts";
import { strangeText } from "@postmaster/core/report/redact/redaction-summary.ts";
import { untilStopped } from "../host/until-stopped.ts";
import { visitLines } from "../input/byte-lines.ts";
import { systemWords } from "../input/open-input.ts";
import { createRedactor } from "../redact/create-redactor.ts";
import { eachLog } from "./each-log.ts";
import { type ExitCode, FAILED, UsageError } from "./exit-code.ts";
import { parseOptions } from "./options.ts";
import type { Output } from "./output.ts";

/** What an attacker would have to guess: shorter ones can be tried out. */
const SHORTEST_KEY = 16;

/** `postmaster redact`: logs without what is private in them. */
export async function redact(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = parseOptions(args, { key: { type: "string" } });
  if (options.words.length === 0) throw new UsageError("redact needs a log, or - for the standard input");
  const file = options.text("key");
  const key = file === null ? null : await readKey(file, output);
  if (file !== null && key === null) return FAILED;
  const redactor = createRedactor(createCatalogueEngine(), key);
  let changed = 0;
  const exitCode = await eachLog(options.words, output, async (log) => {
    const chunks = untilStopped(log.chunks, () => output.isClosed);
    await visitLines(chunks, (bytes, start, end) => {
      const redacted = redactLine(lineText(bytes, start, end), redactor);
      if (!redacted.same) changed += 1;
      return output.write(`${redacted.text}\n`);
    });
  });
  if (changed > 0) output.note(strangeText(changed));
  return exitCode;
}

/** Null where there is none that will do, which has been told. */
async function readKey(name: string, output: Output): Promise<Uint8Array | null> {
  try {
    const content = await readFile(name);
    if (content.length >= SHORTEST_KEY) return content;
    output.note(`${name}: a key needs at least ${SHORTEST_KEY} bytes, such as: openssl rand -out ${name} 32`);
  } catch (error) {
    output.note(`${name}: ${systemWords(error)}`);
  }
  return null;
}
