import type { FoundLog } from "../../report/find-logs.ts";
import type { Documents } from "../documents.ts";

/** A log that is only in the editor, as if it were read from a file; null if it is not open. */
export function unsavedLog(documents: Documents, uri: string): FoundLog | null {
  const document = documents.get(uri);
  if (document?.kind !== "log") return null;
  const { log } = document;
  const text = Array.from({ length: log.lineCount }, (_, line) => log.lineText(line)).join("\n");
  const bytes = new TextEncoder().encode(text);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  return {
    input: {
      name: uri,
      path: null,
      modifiedMs: Date.now(),
      identity: null,
      file: null,
      head: bytes.subarray(0, 65_536),
      chunks: chunks(),
      close: () => Promise.resolve(),
    },
    begin: 0,
    bytes: bytes.length,
  };
}
