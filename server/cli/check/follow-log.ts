import type { Input } from "../../input/open-input.ts";
import { systemWords } from "../../input/open-input.ts";
import { lastLineEnd } from "../../tail/last-line-end.ts";
import { followLog } from "../../tail/log-follower.ts";
import { checkLog, logChecker } from "./check-log.ts";
import type { CheckRun, FollowedLog } from "./check-run.ts";

/** Checks a log up to its last whole line, then goes on from there whenever it is looked at. A compressed log, which never grows, is checked whole. @throws if reading fails */
export async function checkAndFollow(input: Input, run: CheckRun): Promise<FollowedLog> {
  const { name, path, file, identity } = input;
  if (path === null || file === null || identity === null) {
    await checkLog(input, run);
    return { name, path: path ?? name, look: () => Promise.resolve(), close: () => Promise.resolve() };
  }
  let piece = run.sequences.begin(input);
  const size = lastLineEnd(file.fd, file.size);
  const lines = await logChecker(input, run, () => piece)({ kind: "file", fd: file.fd, size }, 0);
  // What is new is worth telling however often it was told.
  const check = logChecker({ ...input, file: null }, { ...run, cap: Number.POSITIVE_INFINITY }, () => piece);
  const follower = await followLog(path, { identity, bytes: size, lines });
  return {
    name,
    path,
    async look() {
      try {
        await follower.poll({
          lines: async (bytes, linesBefore) => {
            await check({ kind: "stream", chunks: once(bytes) }, linesBefore);
          },
          event(what) {
            run.output.note(`${name}: ${EVENTS[what]}`);
            if (what !== "gone")
              piece = piece.replaced(`${name} before it ${what === "rotated" ? "was rotated" : "was emptied"}`);
          },
        });
      } catch (error) {
        run.output.note(`${name}: ${systemWords(error)}`);
      }
    },
    close: () => follower.close(),
  };
}

const EVENTS = {
  rotated: "was rotated; going on with the new file",
  truncated: "was emptied; going on from its first line",
  gone: "is gone; waiting for it to come again",
} as const;

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
