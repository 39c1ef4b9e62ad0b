import { type FileHandle, open } from "node:fs/promises";
import type { FileTail } from "@postmaster/core/io/file-port.ts";
import { type Compression, compressionOf, LONGEST_MAGIC } from "./compression.ts";

const LF = 10;
const CR = 13;
const CHUNK = 1024 * 1024;
/** Bytes of a file, decompressed, that are read for its last lines or their numbers, and how long that may take, ms: somebody waits for it. */
const MOST_READ = 512 * 1024 * 1024;
const LONGEST_WAIT = 5000;

/** The end of an open file, without its URI. Null where it is too large. @throws what reading throws */
export async function fileTail(handle: FileHandle, file: string, bytes: number): Promise<Omit<FileTail, "uri"> | null> {
  const { size, mtimeMs: modifiedMs } = await handle.stat();
  const head = await read(handle, 0, Math.min(size, LONGEST_MAGIC));
  const compression = compressionOf(head);
  if (compression !== null) return packedTail(handle, compression, bytes, modifiedMs);
  const from = Math.max(0, size - bytes);
  const end = await read(handle, from, size - from);
  const cut = from === 0 ? 0 : end.indexOf(LF) + 1;
  return {
    text: decode(end.subarray(cut)),
    modifiedMs,
    isCompressed: false,
    linesBefore: () => linesBefore(file, from + cut, end.subarray(cut)),
  };
}

async function packedTail(
  handle: FileHandle,
  compression: Compression,
  bytes: number,
  modifiedMs: number,
): Promise<Omit<FileTail, "uri"> | null> {
  const { decompressed } = await import("./decompress.ts");
  const counter = lineCounter();
  const deadline = performance.now() + LONGEST_WAIT;
  let kept: Uint8Array[] = [];
  let length = 0;
  let total = 0;
  for await (const chunk of decompressed(chunksOf(handle), compression)) {
    if (!(chunk instanceof Uint8Array)) continue;
    total += chunk.length;
    if (total > MOST_READ || performance.now() > deadline) return null;
    counter.add(chunk);
    kept.push(chunk);
    length += chunk.length;
    while (length - (kept[0]?.length ?? 0) >= bytes) length -= kept.shift()?.length ?? 0;
  }
  const all = Buffer.concat(kept);
  kept = [];
  const end = all.subarray(Math.max(0, all.length - bytes));
  const text = end.length === total ? end : end.subarray(end.indexOf(LF) + 1);
  const own = lineCounter();
  own.add(text);
  const before = counter.breaks - own.breaks;
  return { text: decode(text), modifiedMs, isCompressed: true, linesBefore: () => Promise.resolve(before) };
}

async function* chunksOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  for await (const chunk of handle.createReadStream({ highWaterMark: CHUNK, autoClose: false, start: 0 })) {
    if (chunk instanceof Uint8Array) yield chunk;
  }
}

/** @param tail what stood behind `length` bytes: where something else stands there, the file is another */
async function linesBefore(file: string, length: number, tail: Uint8Array): Promise<number | null> {
  if (length === 0) return 0;
  if (length > MOST_READ) return null;
  const deadline = performance.now() + LONGEST_WAIT;
  try {
    const handle = await open(file);
    try {
      const counter = lineCounter();
      for (let at = 0; at < length; at += CHUNK) {
        // oxlint-disable-next-line no-await-in-loop -- a chunk at a time, so that memory stays small
        counter.add(await read(handle, at, Math.min(CHUNK, length - at)));
        if (performance.now() > deadline) return null;
      }
      const now = await read(handle, length, Math.min(CHUNK, tail.length));
      return Buffer.compare(now, tail.subarray(0, now.length)) === 0 && now.length > 0 ? counter.breaks : null;
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}

/** Counts line breaks as editors do: LF, CRLF, or a CR alone. */
function lineCounter(): { readonly breaks: number; add(chunk: Uint8Array): void } {
  let breaks = 0;
  let last = 0;
  return {
    get breaks() {
      return breaks;
    },
    add(chunk) {
      for (const byte of chunk) {
        if (byte === CR || (byte === LF && last !== CR)) breaks += 1;
        last = byte;
      }
    },
  };
}

async function read(handle: FileHandle, from: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    // oxlint-disable-next-line no-await-in-loop -- where the next read begins is known when this one is done
    const { bytesRead } = await handle.read(bytes, filled, length - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
