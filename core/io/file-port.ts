import type { TextParts } from "../text/text-parts.ts";
import type { SavedAs } from "./saved-as.ts";

/**
 * Why a file could not be had. `special`: a pipe, a socket or a device, which might never end. `refused`: it lies, or a link leads, where
 * nothing may be read, such as out of an untrusted workspace.
 */
export type FileProblem = "missing" | "unreadable" | "too-large" | "folder" | "special" | "refused";

/** One file as it was at one moment. */
export interface SourceFile {
  /** Document URI as the editor writes it. */
  readonly uri: string;
  /** Absolute path on the machine that holds the file. */
  readonly path: string;
  readonly text: string;
  /** The same text, of a document that is being changed. */
  readonly parts?: TextParts | null;
  /**
   * `utf-8`: `text` is the decoded file. `bytes`: the file is not valid UTF-8 and `text` holds one character (U+0000..U+00FF) a byte,
   * so that writing it back one byte a character loses nothing; editors must refuse to edit such a file.
   */
  readonly encoding: "utf-8" | "bytes";
  /**
   * How the file on the disk was saved, by its first bytes; null or left out for plain UTF-8. An editor's text may be decoded and without
   * its mark, so that nothing else shows it.
   */
  readonly savedAs?: SavedAs | null;
  /** The editor's document version if the file is open there, else null. */
  readonly version: number | null;
  readonly writable: boolean;
}

/** What a folder says of a file, without its contents. */
export interface FileStatus {
  /** Milliseconds since 1970. */
  readonly modifiedMs: number;
  /** Permission bits such as 0o644; null where the system has none. */
  readonly mode: number | null;
  /** The user it belongs to; null likewise. */
  readonly uid: number | null;
}

/** The last lines of a file. */
export interface FileTail {
  /** As the editor writes it. */
  readonly uri: string;
  /** From the beginning of a line to the end of the file; what is no UTF-8 is U+FFFD. */
  readonly text: string;
  /** Of the file, ms since 1970. */
  readonly modifiedMs: number;
  readonly isCompressed: boolean;
  /** How many lines of the file stand before the text: the file is read for that. Null where it is too long, or has become another. */
  linesBefore(): Promise<number | null>;
}

export type FileResult = SourceFile | FileProblem;

/** The only way from the core to files. The host decides what may be reached; the core never learns how. */
export interface FilePort {
  /** Open editor documents win over the disk. Never throws: what cannot be read is a problem word. */
  read(path: string): Promise<FileResult>;
  /** Of the file on the disk, whatever an editor has open. Never throws. */
  status(path: string): Promise<FileStatus | FileProblem>;
  /** Whether the path itself names a symbolic link, wherever that leads; false where it cannot be looked at. Never throws. */
  isLink(path: string): Promise<boolean>;
  /** How the file on the disk was saved, whatever an editor has open; null also for one that cannot be read. Reads no more than its beginning. Never throws. */
  savedAs(path: string): Promise<SavedAs | null>;
  /**
   * The end of a text file on the disk, which may be compressed with gzip or zstd: that is read from its beginning, within bounds (`too-large`). Never throws.
   * @param bytes of its text, at most
   */
  tail(path: string, bytes: number): Promise<FileTail | FileProblem>;
  /** Names in a folder, or null if it cannot be listed. */
  list(directory: string): Promise<readonly string[] | null>;
}

export function isSourceFile(result: FileResult): result is SourceFile {
  return typeof result !== "string";
}
