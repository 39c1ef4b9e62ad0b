import { type Input, openInput, systemWords } from "../input/open-input.ts";
import { isBinary } from "../input/recognise.ts";
import { type ExitCode, FAILED, FOUND_NOTHING } from "./exit-code.ts";
import type { Output } from "./output.ts";

/** Reads the logs that words name, one after the other, as long as anybody reads what is written. Of one that cannot be read, or not to its end, it is said why. */
export async function eachLog(
  words: readonly string[],
  output: Output,
  read: (log: Input) => Promise<void>,
): Promise<ExitCode> {
  let exitCode: ExitCode = FOUND_NOTHING;
  for (const word of words) {
    if (output.isClosed) break;
    // oxlint-disable-next-line no-await-in-loop -- one log after the other
    const problem = await readLog(word, read);
    if (problem === null) continue;
    output.note(`${word}: ${problem}`);
    exitCode = FAILED;
  }
  return exitCode;
}

/** @returns why it cannot be read, for people; null if it was */
async function readLog(name: string, read: (log: Input) => Promise<void>): Promise<string | null> {
  const input = await openInput(name).catch(systemWords);
  if (typeof input === "string") return input;
  try {
    if (isBinary(input.head)) return "is binary, not text";
    await read(input);
    return null;
  } catch (error) {
    return systemWords(error);
  } finally {
    await input.close();
  }
}
