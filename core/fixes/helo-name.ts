/** Longest name that DNS, and so a useful exception, allows. */
const LONGEST = 255;

/**
 * Why a HELO name of a log must not become a key; null if it may. smtpd prints `?` for characters it will not show, so such a text is
 * not what the client said.
 */
export function refusedHelo(helo: string | null): string | null {
  if (helo === null || helo === "") return "The line does not say the HELO name.";
  if (helo.length > LONGEST)
    return "The HELO name is longer than any host name can be: this is no mail server to make an exception for.";
  for (const c of helo) {
    if (c <= " " || c > "~")
      return "The HELO name holds characters that no host name has: it is not written into a table.";
    if (c === "?")
      return "Postfix writes ? for characters it does not show: what the client really said cannot be told from the line.";
  }
  return null;
}

/** A name that needs no quoting anywhere, so that it can be the key of an `inline:` table. */
export function isPlainHelo(helo: string): boolean {
  for (const c of helo) {
    const letter = (c >= "a" && c <= "z") || (c >= "A" && c <= "Z");
    if (!letter && !(c >= "0" && c <= "9") && c !== "." && c !== "-" && c !== "_") return false;
  }
  return helo !== "" && helo.length <= LONGEST;
}
