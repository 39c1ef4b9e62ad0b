/**
 * Queue ids in text (postconf(5), enable_long_queue_ids): short ones are upper-case hexadecimal (microseconds, then the
 * file's number), long ones have neither vowels nor look like a word, and a `z` before the file's number.
 */
const SHORTEST = 5;
const SHORTEST_LONG = 10;
const LONGEST = 32;

/** A queue id and where it begins. Offsets are UTF-16 code units in the text it was found in. */
export interface NamedId {
  readonly id: string;
  readonly at: number;
}

/** The queue id that stands at an offset and ends with no letter or digit behind it; null where there is none. */
function queueIdAt(text: string, at: number): string | null {
  let end = at;
  let isHex = true;
  let isLong = true;
  let hasZ = false;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    const isDigit = code >= 48 && code <= 57;
    const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
    if (!isDigit && !isLetter) break;
    if (end - at >= LONGEST) return null;
    if (isLetter && code > 70) isHex = false;
    if (isLetter && VOWELS.includes(text.charAt(end))) isLong = false;
    if (code === 122) hasZ = true;
  }
  const length = end - at;
  const isId = (isHex && length >= SHORTEST) || (isLong && hasZ && length >= SHORTEST_LONG);
  return isId ? text.slice(at, end) : null;
}

const VOWELS = "AEIOUaeiou";

/** The queue id that a message is about: `ID: …`. */
export function ownId(message: string): string | null {
  const id = queueIdAt(message, 0);
  return id !== null && message.startsWith(": ", id.length) ? id : null;
}

/** What stands before a queue id that a message names besides its own. */
const INTRODUCTIONS = [
  // The reply of a next hop, passed on by however many hops.
  "queued as ",
  // local(8), to an address found in an alias or a .forward file.
  "forwarded as ",
  // bounce(8): non-delivery, delay and delivery status notifications.
  "notification: ",
  // smtpd(8) behind a filter that forwards it (XFORWARD), pickup(8) after `postsuper -r`.
  "orig_queue_id=",
  "orig_id=",
  // Amavis.
  "Queue-ID: ",
  "queued_as: ",
] as const;

/** One more than any message of Postfix or Amavis names; a hostile one is not searched to its end. */
const MOST_NAMED = 16;

/** The queue ids that a message names behind words that announce one, in no order. Linear in the message. */
export function namedIds(message: string, introductions: readonly string[] = INTRODUCTIONS): readonly NamedId[] {
  const found: NamedId[] = [];
  for (const words of introductions) {
    for (let at = message.indexOf(words); at !== -1 && found.length < MOST_NAMED; ) {
      const start = at + words.length;
      const id = queueIdAt(message, start);
      if (id !== null) found.push({ id, at: start });
      at = message.indexOf(words, start);
    }
  }
  return found;
}
