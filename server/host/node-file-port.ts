import { access, constants, type FileHandle, lstat, open, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { FilePort, FileProblem } from "@postmaster/core/io/file-port.ts";
import { SAVED_AS_HEAD, type SavedAs, savedAsOf } from "@postmaster/core/io/saved-as.ts";
import { fileTail } from "./file-tail.ts";
import { pathBounds } from "./path-bounds.ts";

/** A document as an editor has it, saved or not. */
export interface EditorDocument {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
}

export interface NodeFilePortOptions {
  /** Absolute paths of folders or files; nothing else is read. Null: no bounds, for the command line. */
  readonly roots: readonly string[] | null;
  /** What the editor has open under a path. */
  readonly openDocument: (file: string) => Promise<EditorDocument | null>;
  /** Bytes; longer files are `too-large`. */
  readonly largest: number;
}

const UNBOUNDED: NodeFilePortOptions = {
  roots: null,
  openDocument: () => Promise.resolve(null),
  largest: 64 * 1024 * 1024,
};

/** A table of that size is a database's dump; no fix needs it. */
export const LARGEST_CONFIGURATION_FILE = 16 * 1024 * 1024;

/** Files of this machine. Never throws; see FilePort. */
export function createNodeFilePort(options: Partial<NodeFilePortOptions> = {}): FilePort {
  const { roots, openDocument, largest } = { ...UNBOUNDED, ...options };
  const bounds = pathBounds(roots);
  return {
    async read(file) {
      if (!path.isAbsolute(file) || file.includes("\0")) return "refused";
      const normal = path.normalize(file);
      try {
        const real = await bounds.resolve(normal);
        if (real === null) return "refused";
        const bytes = await readBounded(real, largest);
        if (typeof bytes === "string") return bytes;
        const text = decodeUtf8(bytes);
        const savedAs = savedAsOf(bytes);
        const document = await openDocument(normal);
        const writable = await isWritable(real);
        if (text === null) {
          const uri = document?.uri ?? pathToFileURL(normal).href;
          const all = bytes.toString("latin1");
          return { uri, path: normal, text: all, encoding: "bytes", savedAs, version: null, writable };
        }
        return {
          uri: document?.uri ?? pathToFileURL(normal).href,
          path: normal,
          text: document?.text ?? text,
          encoding: "utf-8",
          savedAs,
          version: document?.version ?? null,
          writable,
        };
      } catch (error) {
        return problemOf(error);
      }
    },
    async status(file) {
      if (!path.isAbsolute(file) || file.includes("\0")) return "refused";
      try {
        const real = await bounds.resolve(path.normalize(file));
        if (real === null) return "refused";
        const { mtimeMs, mode, uid } = await stat(real);
        const hasOwners = process.platform !== "win32";
        return { modifiedMs: mtimeMs, mode: hasOwners ? mode & 0o7777 : null, uid: hasOwners ? uid : null };
      } catch (error) {
        return problemOf(error);
      }
    },
    async isLink(file) {
      if (!path.isAbsolute(file) || file.includes("\0")) return false;
      const { dir, base } = path.parse(path.normalize(file));
      try {
        const real = await bounds.resolve(dir);
        return real !== null && (await lstat(path.join(real, base))).isSymbolicLink();
      } catch {
        return false;
      }
    },
    async savedAs(file) {
      if (!path.isAbsolute(file) || file.includes("\0")) return null;
      try {
        const real = await bounds.resolve(path.normalize(file));
        return real === null ? null : await readSavedAs(real);
      } catch {
        return null;
      }
    },
    async tail(file, bytes) {
      if (!path.isAbsolute(file) || file.includes("\0")) return "refused";
      const normal = path.normalize(file);
      let handle: FileHandle | null = null;
      try {
        const real = await bounds.resolve(normal);
        if (real === null) return "refused";
        handle = await openBounded(real);
        const status = await handle.stat();
        if (!status.isFile()) return status.isDirectory() ? "folder" : "special";
        const tail = await fileTail(handle, real, bytes);
        return tail === null ? "too-large" : { uri: pathToFileURL(normal).href, ...tail };
      } catch (error) {
        return problemOf(error);
      } finally {
        await handle?.close();
      }
    },
    async list(directory) {
      if (!path.isAbsolute(directory) || directory.includes("\0")) return null;
      try {
        const real = await bounds.resolve(path.normalize(directory));
        return real === null ? null : await readdir(real);
      } catch {
        return null;
      }
    },
  };
}

/** Opened without waiting and looked at afterwards, so that a pipe put in a file's place cannot hang us. */
function openBounded(file: string): Promise<FileHandle> {
  // Windows has neither constant, and no pipes by path either.
  return open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
}

async function readSavedAs(file: string): Promise<SavedAs | null> {
  const handle = await openBounded(file);
  try {
    if (!(await handle.stat()).isFile()) return null;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SAVED_AS_HEAD), 0, SAVED_AS_HEAD, 0);
    return savedAsOf(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

async function readBounded(file: string, largest: number): Promise<Buffer | FileProblem> {
  let handle: FileHandle | null = null;
  try {
    handle = await openBounded(file);
    const status = await handle.stat();
    if (!status.isFile()) return status.isDirectory() ? "folder" : "special";
    if (status.size > largest) return "too-large";
    const bytes = await handle.readFile();
    return bytes.length > largest ? "too-large" : bytes;
  } finally {
    await handle?.close();
  }
}

/** Null if the bytes are not UTF-8. A byte order mark stays in the text: writing the text back must lose nothing. */
function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

async function isWritable(file: string): Promise<boolean> {
  try {
    await access(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function problemOf(error: unknown): FileProblem {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOENT" || code === "ENOTDIR") return "missing";
  // O_NOFOLLOW met a link.
  if (code === "ELOOP") return "refused";
  if (code === "EISDIR") return "folder";
  // The path is a socket.
  return code === "ENXIO" ? "special" : "unreadable";
}
