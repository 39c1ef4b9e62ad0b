import { EVENTS, type EventKind } from "./report-line.ts";

/** The fields of a line by which a report counts. */
const QUERY_FIELDS = ["sender", "recipient", "client", "address", "relay", "protocol"] as const;
export type QueryField = (typeof QUERY_FIELDS)[number];

/** Which lines a number of a report counts. All that is not null must hold. */
export interface LineQuery {
  readonly event: EventKind | null;
  /** Of the catalogue. */
  readonly entry: string | null;
  readonly field: QueryField | null;
  /** What the field holds, of a long one the bytes that are counted, A and a being one; empty for the null sender. */
  readonly value: string | null;
}

/** One line of JSON. What is not given is not asked for. */
export function writeQuery({ event = null, entry = null, field = null, value = null }: Partial<LineQuery>): string {
  return JSON.stringify({ event, entry, field, value } satisfies LineQuery);
}

/** Reads what `writeQuery` wrote; null for anything else. */
export function readQuery(text: string): LineQuery | null {
  const fields = recordOf(text);
  if (fields === null) return null;
  const event = EVENTS.find((name) => name === fields["event"]) ?? null;
  const field = QUERY_FIELDS.find((name) => name === fields["field"]) ?? null;
  const entry = typeof fields["entry"] === "string" ? fields["entry"] : null;
  const value = typeof fields["value"] === "string" ? fields["value"] : null;
  return (field === null) === (value === null) ? { event, entry, field, value } : null;
}

function recordOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
