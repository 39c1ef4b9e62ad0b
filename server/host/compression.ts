/** How a file is compressed. */
export type Compression = "gzip" | "zstd";

/** Bytes by which a compressed file is known. */
export const LONGEST_MAGIC = 4;

/** The first bytes of a file; zstd's are RFC 8878, 3.1.1. */
const MAGIC: Readonly<Record<Compression, readonly number[]>> = {
  gzip: [0x1f, 0x8b],
  zstd: [0x28, 0xb5, 0x2f, 0xfd],
};

/** How a file that begins with these bytes is compressed; null if it is not. */
export function compressionOf(head: Uint8Array): Compression | null {
  if (beginsWith(head, MAGIC.gzip)) return "gzip";
  return beginsWith(head, MAGIC.zstd) ? "zstd" : null;
}

/** Node's codes for compressed data that is broken or ends too early. */
export function isDamage(code: unknown): boolean {
  return (
    typeof code === "string" && (code === "Z_DATA_ERROR" || code === "Z_BUF_ERROR" || code.startsWith("ZSTD_error"))
  );
}

function beginsWith(head: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => head[index] === byte);
}
