import { constants, type FileHandle, open } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { Readable, type Transform } from "node:stream";
import { decompressor, isDamage, LONGEST_MAGIC } from "./decompress.ts";

/** A file, or the standard input, opened for reading. */
export interface Input {
  /** As the reader knows it; `-` for the standard input. */
  readonly name: string;
  /** Absolute; null for the standard input. */
  readonly path: string | null;
  /** When it was last written, ms since 1970; for the standard input, now. */
  readonly modifiedMs: number;
  /** Device and inode: the same for two names of one file. Null for the standard input. */
  readonly identity: string | null;
  /** The first bytes, decompressed; the stream still begins with them. */
  readonly head: Uint8Array;
  /** A regular file that is not compressed: its descriptor, good until `close`, and its size in bytes when it was opened. Else null. */
  readonly file: { readonly fd: number; readonly size: number } | null;
  /** All of it, decompressed. May be read once. @throws an Error with the system's words if reading fails midway */
  readonly chunks: AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** Bytes by which a file is recognised. */
const HEAD = 65_536;
const CHUNK = 1024 * 1024;

/**
 * Opens what a word of the command line names.
 * @returns a word for people where it cannot be read, or is no file to read: a folder, a socket, a pipe, a device
 */
export async function openInput(name: string): Promise<Input | string> {
  if (name === "-") {
    const source = await withHead(process.stdin);
    const { head, chunks } = source;
    const close = (): Promise<void> => Promise.resolve();
    return { name, path: null, modifiedMs: Date.now(), identity: null, file: null, head, chunks, close };
  }
  let handle: FileHandle;
  try {
    // Without waiting: opening a pipe that nobody writes to would hang.
    handle = await open(name, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    return systemWords(error);
  }
  try {
    const status = await handle.stat();
    if (!status.isFile()) {
      await handle.close();
      return status.isDirectory() ? "is a folder" : "is no regular file";
    }
    const { isCompressed, ...source } = await withHead(
      handle.createReadStream({ highWaterMark: CHUNK, autoClose: false }),
    );
    return {
      name,
      path: path.resolve(name),
      modifiedMs: status.mtimeMs,
      identity: `${status.dev}:${status.ino}`,
      file: isCompressed ? null : { fd: handle.fd, size: status.size },
      ...source,
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    return systemWords(error);
  }
}

/** The system's words for an error, such as `no such file or directory`, without the path. */
export function systemWords(error: unknown): string {
  if (!(error instanceof Error)) return "cannot be read";
  const code = "code" in error ? error.code : null;
  if (code === "ENOENT") return "no such file";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (code === "ENXIO") return "is no regular file";
  if (isDamage(code)) return "is damaged: it cannot be decompressed";
  return error.message.split(",")[0] ?? "cannot be read";
}

async function withHead(
  stream: Readable,
): Promise<Pick<Input, "head" | "chunks"> & { readonly isCompressed: boolean }> {
  const raw = await peek(stream, LONGEST_MAGIC);
  const through = decompressor(raw.head);
  const content = through === null ? raw.chunks : decompressed(raw.chunks, through);
  return { isCompressed: through !== null, ...(await peek(content, HEAD)) };
}

/** An error of either stream, a broken file's or a broken disk's, ends the reading with it. */
async function* decompressed(chunks: AsyncIterable<Uint8Array>, result: Transform): AsyncGenerator<unknown, void> {
  const source = Readable.from(chunks);
  source.on("error", (error) => result.destroy(error));
  yield* source.pipe(result);
}

/** Looks at the first bytes of a stream without taking them out of it. */
async function peek(stream: AsyncIterable<unknown>, wanted: number): Promise<Pick<Input, "head" | "chunks">> {
  const source: AsyncIterator<unknown> = stream[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < wanted) {
    const step = await source.next();
    if (step.done === true) break;
    if (!(step.value instanceof Uint8Array)) continue;
    first.push(step.value);
    length += step.value.length;
  }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield* first;
    first.length = 0;
    for (;;) {
      const step = await source.next();
      if (step.done === true) return;
      if (step.value instanceof Uint8Array) yield step.value;
    }
  }
  return { head: Buffer.concat(first).subarray(0, HEAD), chunks: chunks() };
}
