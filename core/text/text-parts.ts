/**
 * A text in two. As long as only the tail changes, the head is the same string: what was read of it need not be read again, and the whole of a long text need
 * not be put together at each keystroke.
 */
export interface TextParts {
  /** Empty, or it ends with a line feed. */
  readonly head: string;
  readonly tail: string;
}

/** UTF-16 code units, or a line's length more. */
const TAIL = 4096;

/** Cuts a text before its last lines; a short one is all tail. */
export function cutTail(text: string): TextParts {
  const cut = text.length <= TAIL ? 0 : text.lastIndexOf("\n", text.length - TAIL - 1) + 1;
  return { head: text.slice(0, cut), tail: text.slice(cut) };
}
