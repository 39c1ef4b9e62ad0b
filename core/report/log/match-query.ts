import { decodeUtf8 } from "../../log/utf8.ts";
import { lowerAscii } from "../../text/ascii.ts";
import type { LineQuery, QueryField } from "./line-query.ts";
import type { Piece, ReportLine } from "./report-line.ts";
import { LONGEST_KEY } from "./top-counts.ts";

/** Whether a report counted the line where it counted what the query asks for. */
export function matchesQuery(line: ReportLine, { event, entry, field, value }: LineQuery): boolean {
  if (entry !== null && line.entryId !== entry) return false;
  if (event !== null && line.kind !== event) return false;
  if (field === null || value === null) return event !== null || entry !== null;
  // A line without the field is not one with an empty field: only lines about a mail's sender may lack its name.
  if (line.kind === null) return false;
  const { start, end } = pieceOf(line, field);
  // Of a longer name no more was counted.
  const stop = Math.min(end, start + LONGEST_KEY);
  // No character takes more bytes than three for each of its code units: most names need not be decoded.
  return stop - start <= value.length * 3 && lowerAscii(decodeUtf8(line.bytes, start, stop)) === lowerAscii(value);
}

function pieceOf(line: ReportLine, field: QueryField): Piece {
  switch (field) {
    case "sender":
      return line.sender;
    case "recipient":
      return line.recipient;
    case "client":
      return line.client;
    case "address":
      return line.clientAddress;
    case "relay":
      return line.relay;
    case "protocol":
      return line.protocol;
    default:
      return field satisfies never;
  }
}
