import { readFile } from "node:fs/promises";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { decodeUtf8 } from "@postmaster/core/log/utf8.ts";
import { redactLine } from "@postmaster/core/report/redact/redact-line.ts";
import type { Redactor } from "@postmaster/core/report/redact/redactor.ts";
import { untilStopped } from "../host/until-stopped.ts";
import { visitLines } from "../input/byte-lines.ts";
import { openInput, systemWords } from "../input/open-input.ts";
import { isBinary } from "../input/recognise.ts";
import { createRedactor } from "../redact/create-redactor.ts";
import { type ExitCode, FAILED, FOUND_NOTHING, UsageError } from "./exit-code.ts";
import { parseOptions } from "./options.ts";
import type { Output } from "./output.ts";

const CR = 13;
/** What an attacker would have to guess: shorter ones can be tried out. */
const SHORTEST_KEY = 16;

/** `postmaster redact`: logs without what is private in them. */
export async function redact(args: readonly string[], output: Output): Promise<ExitCode> {
  const options = parseOptions(args, { key: { type: "string" } });
  if (options.words.length === 0) throw new UsageError("redact needs a log, or - for the standard input");
  const file = options.text("key");
  const key = file === null ? null : await readKey(file);
  if (file !== null && key === null) return FAILED;
  const redactor = createRedactor(createCatalogueEngine(), key);
  let exitCode: ExitCode = FOUND_NOTHING;
  let changed = 0;
  for (const word of options.words) {
    if (output.isClosed) break;
    const problem = await redactFile(word, redactor, output, () => {
      changed += 1;
    });
    if (problem === null) continue;
    output.note(`${word}: ${problem}`);
    exitCode = FAILED;
  }
  if (changed > 0) output.note(`${changed} lines are no longer recognised: what they are known by had to go.`);
  return exitCode;

  async function readKey(name: string): Promise<Buffer | null> {
    try {
      const content = await readFile(name);
      if (content.length >= SHORTEST_KEY) return content;
      output.note(`${name}: a key needs at least ${SHORTEST_KEY} bytes, such as: openssl rand -out ${name} 32`);
    } catch (error) {
      output.note(`${name}: ${systemWords(error)}`);
    }
    return null;
  }
}

/** @returns why it cannot be read, for people; null if it was */
async function redactFile(
  name: string,
  redactor: Redactor,
  output: Output,
  tellChanged: () => void,
): Promise<string | null> {
  const input = await openInput(name).catch(systemWords);
  if (typeof input === "string") return input;
  try {
    if (isBinary(input.head)) return "is binary, not text";
    const chunks = untilStopped(input.chunks, () => output.isClosed);
    await visitLines(chunks, (bytes, start, end) => {
      const text = decodeUtf8(bytes, start, end > start && bytes[end - 1] === CR ? end - 1 : end);
      const redacted = redactLine(text, redactor);
      if (!redacted.same) tellChanged();
      return output.write(`${redacted.text}\n`);
    });
    return null;
  } catch (error) {
    return systemWords(error);
  } finally {
    await input.close();
  }
}
