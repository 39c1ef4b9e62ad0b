import { readEnvelope } from "../log/envelope.ts";
import { decodeUtf8, encodeUtf8Into } from "../log/utf8.ts";
import { type Mark, markOf } from "./life.ts";
import { type NamedId, namedIds, ownId } from "./queue-id.ts";

/** The queue ids on one line. Offsets are UTF-16 code units in the line. */
export interface LineIds {
  /** The mail that the line is about. Its offset is negative where the line holds the message so escaped that the id is not to be seen. */
  readonly own: NamedId | null;
  readonly mark: Mark;
  /** Ids it names besides. */
  readonly named: readonly NamedId[];
}

/**
 * Reads the ids of lines without understanding the lines: a fraction of the work. Returns null for a line with none. Linear in the line; never
 * throws.
 */
export function createIdReader(): (line: string) => LineIds | null {
  let scratch = new Uint8Array(4096);

  return (line) => {
    if (line.length < SHORTEST_LINE) return null;
    if (scratch.length < line.length * 3) scratch = new Uint8Array(line.length * 3);
    const length = encodeUtf8Into(line, scratch);
    const { text, message, place } = readEnvelope(scratch, 0, length);
    const isPlain = text === null && length === line.length;
    const told = isPlain
      ? line.slice(message.start, message.end)
      : decodeUtf8(text ?? scratch, message.start, message.end);
    const own = ownId(told);
    const named = namedIds(told);
    if (own === null && named.length === 0) return null;
    // Elsewhere the id is looked for: a byte offset is never less than the same one in UTF-16.
    const from = Math.max(0, place.start - (length - line.length));
    const inLine = ({ id, at }: NamedId): NamedId => ({
      id,
      at: isPlain ? message.start + at : line.indexOf(id, from),
    });
    const others = named.filter(({ id }) => id !== own).map(inLine);
    return {
      own: own === null ? null : inLine({ id: own, at: 0 }),
      mark: own === null ? "other" : markOf(told.slice(own.length + 2, own.length + 2 + LONGEST_MARK)),
      named: others.filter(({ at }) => at !== -1),
    };
  };
}

/** `ABCDE: ` and something behind it. */
const SHORTEST_LINE = 8;
const LONGEST_MARK = 16;
