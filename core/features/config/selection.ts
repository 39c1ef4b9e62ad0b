import { splitList } from "../../syntax/value/list.ts";
import { parseRestrictionList } from "../../syntax/value/restriction-list.ts";
import { type Span, span } from "../../text/span.ts";
import type { ConfigContext } from "./context.ts";
import { rowAt } from "./table-rows.ts";
import { isNameCode } from "./value-place.ts";
import { usesRestrictions } from "./value-use.ts";
import { mainValues, serviceValues, type WrittenValue } from "./written-values.ts";

/**
 * What grows around an offset, smallest first, each larger than the one before: the name, the word, a restriction with its argument, the
 * value, the entry, the file.
 */
export function selections({ document, server }: ConfigContext, offset: number): readonly Span[] {
  const { text } = document.file;
  const found: Span[] = [nameAround(text, offset)];
  const holds = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  const addValue = (where: WrittenValue): void => {
    found.push(where.nameSpan, ...splitList(where.value).elements.flatMap((one) => [one.contentSpan, one.span]));
    if (usesRestrictions(server, where.parameter)) {
      found.push(...parseRestrictionList(where.value).items.map((item) => item.span));
    }
    const first = where.value.pieces[0]?.span.start;
    const last = where.value.pieces.at(-1)?.span.end;
    if (first !== undefined && last !== undefined) found.push(span(first, last));
    found.push(where.span);
  };
  switch (document.kind) {
    case "main":
      for (const where of mainValues(server)) if (holds(where.span)) addValue(where);
      break;
    case "client":
      for (const { nameSpan, valueSpan } of document.tree.definitions) {
        if (holds(span(nameSpan.start, valueSpan.end)))
          found.push(nameSpan, valueSpan, span(nameSpan.start, valueSpan.end));
      }
      break;
    case "master":
      for (const service of document.tree.services) {
        if (!holds(service.span)) continue;
        for (const where of serviceValues(document.file, service)) if (holds(where.span)) addValue(where);
        found.push(
          ...service.fields.map((field) => field.span),
          ...service.arguments.map((word) => word.span),
          service.span,
        );
      }
      break;
    default: {
      const row = rowAt(document, offset);
      if (row !== null) found.push(row.keySpan, row.valueSpan, row.span);
    }
  }
  return growing([...found.filter(holds), span(0, text.length)]);
}

/** Those that lie around one another, smallest first, each once. */
function growing(spans: readonly Span[]): readonly Span[] {
  const ordered = spans.filter(({ start, end }) => end > start).toSorted((a, b) => a.end - a.start - (b.end - b.start));
  const kept: Span[] = [];
  for (const one of ordered) {
    const last = kept.at(-1);
    const isLarger =
      last === undefined ||
      (one.start <= last.start && one.end >= last.end && one.end - one.start > last.end - last.start);
    if (isLarger) kept.push(one);
  }
  return kept;
}

function nameAround(text: string, offset: number): Span {
  let start = offset;
  let end = offset;
  while (start > 0 && isNameCode(text.charCodeAt(start - 1))) start -= 1;
  while (end < text.length && isNameCode(text.charCodeAt(end))) end += 1;
  return span(start, end);
}
