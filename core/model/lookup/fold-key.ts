import { lowerAscii } from "../../text/ascii.ts";

/**
 * A key as tables with fixed keys compare it. Postfix folds by Unicode's tables with `smtputf8_enable = yes` (casefold(3) of its
 * util library), else A to Z only.
 */
export function foldKey(text: string, unicode: boolean): string {
  if (!unicode || isAscii(text)) return lowerAscii(text);
  let folded = "";
  for (const character of text) folded += foldCharacter(character);
  return folded;
}

/** Whether only Unicode's tables fold a key: a letter such as `É` or `ß` is in it. */
export function foldsByUnicodeOnly(text: string): boolean {
  return !isAscii(text) && foldKey(text, true) !== lowerAscii(text);
}

/** One by one: JavaScript lower-cases a sigma by its neighbours, which case folding does not. */
function foldCharacter(character: string): string {
  // Its upper case is the plain I, but only Turkish folds the two together.
  if (character === "\u0131") return character;
  return character.toUpperCase().toLowerCase();
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) return false;
  return true;
}
