import { constants, type FileHandle, open } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { compressionOf, isDamage, LONGEST_MAGIC } from "../host/compression.ts";

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
    const raw = await peek(process.stdin, LONGEST_MAGIC);
    const { head, chunks } = await plain(raw.chunks, raw.head);
    const close = (): Promise<void> => {
      // Who feeds it may never end.
      process.stdin.destroy();
      return Promise.resolve();
    };
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
    const begin = await beginningOf(handle);
    const isCompressed = compressionOf(begin) !== null;
    const source = isCompressed ? await plain(chunksOf(handle), begin) : { head: begin, chunks: chunksOf(handle) };
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

/** A file's first bytes, read without making a stream: most files are read by their descriptor from then on. */
async function beginningOf(handle: FileHandle): Promise<Uint8Array> {
  const bytes = new Uint8Array(HEAD);
  let length = 0;
  while (length < HEAD) {
    // oxlint-disable-next-line no-await-in-loop -- where the next read begins is known when this one is done
    const { bytesRead } = await handle.read(bytes, length, HEAD - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

async function* chunksOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  for await (const chunk of handle.createReadStream({ highWaterMark: CHUNK, autoClose: false, start: 0 })) {
    if (chunk instanceof Uint8Array) yield chunk;
  }
}

/** What a stream that begins with these bytes holds, decompressed if need be, and its first bytes. */
async function plain(chunks: AsyncIterable<Uint8Array>, begin: Uint8Array): Promise<Pick<Input, "head" | "chunks">> {
  const compression = compressionOf(begin);
  if (compression === null) return peek(chunks, HEAD);
  const { decompressed } = await import("../host/decompress.ts");
  return peek(decompressed(chunks, compression), HEAD);
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
