import type { Span } from "../../text/span.ts";
import { beforeBracket } from "../before-bracket.ts";
import { clientParts } from "../client-parts.ts";
import { isTail, readTail } from "../field-tails.ts";
import type { FieldSegment } from "../template.ts";

/**
 * The spans of a match by field name, from where each field starts and ends (`positions`, two numbers a field). A
 * client also gives `<name>_name`, `<name>_address` and, if there is one, `<name>_port`; a tail gives its attributes,
 * unless the template has a field of that name. A rest in brackets ends before the bracket that closes them.
 */
export function fieldSpans(
  fields: readonly FieldSegment[],
  positions: Int32Array,
  line: Uint8Array,
  origin: number,
): Readonly<Record<string, Span>> {
  const spans: Record<string, Span> = {};
  const put = (name: string, start: number, end: number): void => {
    if (spans[name] === undefined) spans[name] = { start: start - origin, end: end - origin };
  };
  fields.forEach(({ name, inBrackets }, index) => {
    const start = positions[index * 2] ?? 0;
    const end = positions[index * 2 + 1] ?? 0;
    spans[name] = { start: start - origin, end: (inBrackets ? beforeBracket(line, start, end) : end) - origin };
  });
  fields.forEach((field, index) => {
    if (field.type !== "client" && !isTail(field.type)) return;
    const start = positions[index * 2] ?? 0;
    const end = positions[index * 2 + 1] ?? 0;
    if (isTail(field.type)) {
      readTail(field.type, line, start, end, put);
    } else {
      const parts = clientParts(line, start, end);
      put(`${field.name}_name`, start, parts.nameEnd);
      put(`${field.name}_address`, parts.addressStart, parts.addressEnd);
      if (parts.port !== null) put(`${field.name}_port`, parts.port, end);
    }
  });
  return spans;
}
