import { readFile } from "node:fs/promises";
import { inflateRawSync } from "node:zlib";

/** A file inside a zip archive. */
export interface ZipEntry {
  readonly name: string;
  read(): Buffer;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const DEFLATED = 8;

/**
 * The files of a zip archive as a .vsix is one: no encryption, no zip64 (APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16).
 * @throws if the file is no such archive.
 */
export async function readZip(path: string): Promise<readonly ZipEntry[]> {
  const bytes = await readFile(path);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1 || bytes.readUInt32LE(end) !== END_OF_DIRECTORY) throw new Error(`${path} is not a zip archive`);
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error(`${path} has a broken directory`);
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const directoryEntry = at;
    entries.push({ name, read: () => contentOf(bytes, directoryEntry) });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries.filter(({ name }) => !name.endsWith("/"));
}

function contentOf(bytes: Buffer, directoryEntry: number): Buffer {
  const packed = bytes.readUInt32LE(directoryEntry + 20);
  const local = bytes.readUInt32LE(directoryEntry + 42);
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const content = bytes.subarray(start, start + packed);
  return bytes.readUInt16LE(directoryEntry + 10) === DEFLATED ? inflateRawSync(content) : content;
}
