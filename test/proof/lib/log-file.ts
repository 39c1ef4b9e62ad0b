import { readFile, stat } from "node:fs/promises";
import { eventually } from "../../eventually.ts";

/** A log that servers append to. */
export interface LogFile {
  readonly path: string;
  /** What was written since the last mark, whole lines only. */
  text(): Promise<string>;
  /** Forget what is there now. */
  mark(): Promise<void>;
  /** The first line since the mark that holds all these texts. @throws at the deadline, with what was written instead. */
  line(texts: readonly string[], deadline?: number): Promise<string>;
  /** Wait until what was written since the mark is as wanted. @throws at the deadline. */
  until(isWanted: (text: string) => boolean, deadline?: number): Promise<void>;
}

export function logFile(path: string): LogFile {
  let from = 0;
  const text = async (): Promise<string> => {
    const all = await readFile(path).catch(() => Buffer.alloc(0));
    const written = all.subarray(from).toString("utf8");
    return written.slice(0, written.lastIndexOf("\n") + 1);
  };
  return {
    path,
    text,
    async mark() {
      from = (await stat(path).catch(() => ({ size: 0 }))).size;
    },
    async line(texts, deadline = 10_000) {
      let last = "";
      return eventually(
        `a line with ${JSON.stringify(texts)} in ${path}`,
        async () => {
          last = await text();
          return last.split("\n").find((line) => texts.every((one) => line.includes(one))) ?? null;
        },
        { within: deadline, instead: () => `\n${last}` },
      );
    },
    async until(isWanted, deadline = 10_000) {
      await eventually(`what is wanted in ${path}`, async () => isWanted(await text()), { within: deadline });
    },
  };
}
