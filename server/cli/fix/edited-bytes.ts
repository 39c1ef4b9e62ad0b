import type { FileEdit } from "@postmaster/core/fixes/fix-offer.ts";
import type { SourceFile } from "@postmaster/core/io/file-port.ts";
import { applyEdits } from "@postmaster/core/text/text-edit.ts";
import type { Replacement } from "./replace-file.ts";

/** The bytes a file had when it was read. */
function bytesOf({ text, encoding }: Pick<SourceFile, "text" | "encoding">): Buffer {
  return Buffer.from(text, encoding === "bytes" ? "latin1" : "utf8");
}

/**
 * The bytes of a file before and after its edits. What is not edited stays as it is, byte for byte, whatever its encoding.
 * Null where new text cannot be written: beyond ASCII it would have to guess the encoding of a file that is not UTF-8.
 */
export function toReplacement({ file, edits }: FileEdit): Replacement | null {
  const before = bytesOf(file);
  const after = bytesOf({ text: applyEdits(file.text, edits), encoding: file.encoding });
  if (file.encoding === "bytes" && edits.some(({ newText }) => !fitsBytes(newText, file.text))) return null;
  return { path: file.path, before, after };
}

/** ASCII, or bytes that stood in the file before and are only moved. */
function fitsBytes(newText: string, text: string): boolean {
  for (const character of newText) {
    const code = character.codePointAt(0) ?? 0;
    if (code > 0xff || (code > 0x7f && !text.includes(newText))) return false;
  }
  return true;
}
