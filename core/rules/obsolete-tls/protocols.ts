import { isListSeparator } from "../../syntax/value/list.ts";
import { lowerAscii } from "../../text/ascii.ts";

/** From the oldest to the newest. */
const PROTOCOLS = ["sslv2", "sslv3", "tlsv1", "tlsv1.1", "tlsv1.2", "tlsv1.3"] as const;
type Protocol = (typeof PROTOCOLS)[number];

/** The protocols that a value such as `!SSLv2, !SSLv3` or `>=TLSv1.2` leaves switched on; null if Postfix does not understand it. */
export function protocolsOn(value: string): ReadonlySet<Protocol> | null {
  const included = new Set<Protocol>();
  const excluded = new Set<Protocol>();
  for (const word of wordsOf(value)) {
    const operator =
      word.startsWith(">=") || word.startsWith("<=") ? word.slice(0, 2) : word.startsWith("!") ? "!" : "";
    const at = PROTOCOLS.findIndex((name) => name === lowerAscii(word.slice(operator.length)));
    const protocol = PROTOCOLS[at];
    if (protocol === undefined) return null;
    if (operator === "!") excluded.add(protocol);
    else if (operator === ">=") for (const older of PROTOCOLS.slice(0, at)) excluded.add(older);
    else if (operator === "<=") for (const newer of PROTOCOLS.slice(at + 1)) excluded.add(newer);
    else included.add(protocol);
  }
  const all: readonly Protocol[] = included.size > 0 ? [...included] : PROTOCOLS;
  return new Set(all.filter((protocol) => !excluded.has(protocol)));
}

/** White space, commas and colons separate. */
function wordsOf(value: string): readonly string[] {
  const words: string[] = [];
  let word = "";
  for (const character of `${value},`) {
    if (character !== ":" && !isListSeparator(character.charCodeAt(0))) {
      word += character;
      continue;
    }
    if (word !== "") words.push(word);
    word = "";
  }
  return words;
}
