import type { TextLine } from "../log/text-line.ts";
import { type Span, span } from "../text/span.ts";

/**
 * The part of a line that tells what is wrong: from the reply code (or the status, or what follows the queue id) to the end of the reason,
 * without the envelope that follows. Where the line holds its message escaped, all of the message.
 */
export function tellingSpan(text: string, line: TextLine): Span {
  const message = line.message.span;
  if (message === null) return line.place;
  const fields = line.entry?.fields ?? line.template?.fields ?? {};
  const place = (name: string): Span | null => fields[name]?.span ?? null;

  const before =
    place("code")?.start ?? afterSeparator(text, (place("delivery") ?? place("queue_id"))?.end, message.end);
  const start = before ?? message.start;
  const tail = place("envelope");
  const end = tail !== null && tail.start > start ? tail.start : message.end;
  return span(start, Math.max(start, end));
}

/** Behind the `: ` or `, ` that ends the field before it. */
export function afterSeparator(text: string, at: number | undefined, limit: number): number | null {
  if (at === undefined) return null;
  let next = at;
  while (next < limit && (text[next] === ":" || text[next] === "," || text[next] === " ")) next += 1;
  return next < limit ? next : null;
}
