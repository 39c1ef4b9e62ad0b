import { decodeUtf8 } from "../../log/utf8.ts";
import type { LineQuery, QueryField } from "./line-query.ts";
import type { Piece, ReportLine } from "./report-line.ts";

/** Whether a report counted the line where it counted what the query asks for. */
export function matchesQuery(line: ReportLine, { event, entry, field, value }: LineQuery): boolean {
  if (entry !== null && line.entryId !== entry) return false;
  if (event !== null && line.kind !== event) return false;
  if (field === null || value === null) return event !== null || entry !== null;
  // A line without the field is not one with an empty field: only lines about a mail's sender may lack its name.
  if (line.kind === null) return false;
  const { start, end } = pieceOf(line, field);
  if (end - start > value.length * 4 + 1) return end - start >= LONGEST && isSame(line, start, start + LONGEST, value);
  return isSame(line, start, end, value);
}

/** Of a longer name only so many bytes were counted; see top-counts.ts. */
const LONGEST = 256;

function isSame({ bytes }: ReportLine, start: number, end: number, value: string): boolean {
  return decodeUtf8(bytes, start, end).toLowerCase() === value.toLowerCase();
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
