import type { ParseFormat, ParsePart } from "./parse-job.ts";

const NUMBERED = Buffer.from('{"line":');
/** Digits of a line's number, at most. */
const DIGITS = 16;
const LF = 10;

let room = new Uint8Array(0);

/**
 * What a part comes to, with the lines' breaks and, in the format `json`, their numbers from `firstLine` on. The result lies where that of the next part will:
 * a whole log goes through here.
 */
export function wholeLines({ bytes, ends }: ParsePart, firstLine: number, format: ParseFormat): Uint8Array {
  const isNumbered = format === "json";
  const needed = bytes.length + ends.length * (isNumbered ? NUMBERED.length + DIGITS + 1 : 1);
  if (needed > room.length) room = new Uint8Array(needed * 2);
  const made = room;
  let at = 0;
  let start = 0;
  ends.forEach((end, index) => {
    if (isNumbered) {
      made.set(NUMBERED, at);
      at = putNumber(made, at + NUMBERED.length, firstLine + index);
    }
    made.set(bytes.subarray(start, end), at);
    at += end - start;
    made[at++] = LF;
    start = end;
  });
  return made.subarray(0, at);
}

function putNumber(into: Uint8Array, at: number, value: number): number {
  const text = String(value);
  for (let index = 0; index < text.length; index += 1) into[at + index] = text.charCodeAt(index);
  return at + text.length;
}
