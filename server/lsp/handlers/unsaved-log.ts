import type { FoundLog } from "../../report/find-logs.ts";
import type { Documents } from "../documents.ts";

const HEAD = 65_536;
/** Characters that are encoded without a pause. */
const PIECE = 262_144;

/** A log that is only in the editor, as it is now, as if it were read from a file; null if it is not open. */
export function unsavedLog(documents: Documents, uri: string): FoundLog | null {
  const document = documents.log(uri);
  if (document === null) return null;
  const { log } = document;
  const lines = Array.from({ length: log.lineCount }, (_, line) => log.lineText(line));
  const [first = new Uint8Array()] = pieces(lines);
  return {
    input: {
      name: uri,
      path: null,
      modifiedMs: Date.now(),
      identity: null,
      file: null,
      head: first.subarray(0, HEAD),
      chunks: chunks(lines),
      close: () => Promise.resolve(),
    },
    begin: 0,
    // For the progress that is told: about as many.
    bytes: lines.reduce((sum, line) => sum + line.length + 1, 0),
  };
}

async function* chunks(lines: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces(lines)) {
    yield piece;
    // oxlint-disable-next-line no-await-in-loop -- others are served in between
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
}

function* pieces(lines: readonly string[]): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (let from = 0; from < lines.length; ) {
    let to = from;
    for (let size = 0; to < lines.length && size < PIECE; to += 1) size += (lines[to]?.length ?? 0) + 1;
    const end = to < lines.length ? "\n" : "";
    yield encoder.encode(lines.slice(from, to).join("\n") + end);
    from = to;
  }
}
