import type { Transform } from "node:stream";
import zlib from "node:zlib";

const CHUNK = 1024 * 1024;

/** Bytes by which a compressed file is known. */
export const LONGEST_MAGIC = 4;
const GZIP = [0x1f, 0x8b];
/** RFC 8878, 3.1.1. */
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];

/** What decompresses a file that begins with these bytes; null for a file that is not compressed. @throws an Error for people where this Node cannot */
export function decompressor(head: Uint8Array): Transform | null {
  if (beginsWith(head, GZIP)) return zlib.createGunzip({ chunkSize: CHUNK });
  if (!beginsWith(head, ZSTD)) return null;
  if (!("createZstdDecompress" in zlib)) throw new Error(NO_ZSTD);
  return zlib.createZstdDecompress({ chunkSize: CHUNK });
}

const NO_ZSTD = "is compressed with zstd: that needs Node.js 22.15 or newer; decompress it with unzstd first";

/** Node's codes for compressed data that is broken or ends too early. */
export function isDamage(code: unknown): boolean {
  return (
    typeof code === "string" && (code === "Z_DATA_ERROR" || code === "Z_BUF_ERROR" || code.startsWith("ZSTD_error"))
  );
}

function beginsWith(head: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => head[index] === byte);
}
