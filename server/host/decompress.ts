import { Readable, type Transform } from "node:stream";
import zlib from "node:zlib";
import type { Compression } from "./compression.ts";

const CHUNK = 1024 * 1024;

/** An error of either stream, a broken file's or a broken disk's, ends the reading with it. @throws an Error for people where this Node cannot */
export async function* decompressed(
  chunks: AsyncIterable<Uint8Array>,
  compression: Compression,
): AsyncGenerator<unknown, void> {
  const result = decompressor(compression);
  const source = Readable.from(chunks);
  source.on("error", (error) => result.destroy(error));
  yield* source.pipe(result);
}

function decompressor(compression: Compression): Transform {
  if (compression === "gzip") return zlib.createGunzip({ chunkSize: CHUNK });
  if (!("createZstdDecompress" in zlib)) throw new Error(NO_ZSTD);
  return zlib.createZstdDecompress({ chunkSize: CHUNK });
}

const NO_ZSTD = "is compressed with zstd: that needs Node.js 22.15 or newer; decompress it with unzstd first";
