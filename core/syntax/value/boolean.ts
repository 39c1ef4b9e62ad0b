import { lowerAscii } from "../../text/ascii.ts";

/** `yes` or `no` in any case, as Postfix's booleans are written; else null. */
export function parseBoolean(text: string): boolean | null {
  const word = lowerAscii(text);
  return word === "yes" ? true : word === "no" ? false : null;
}
