import type { MasterCf, MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import { span } from "../../text/span.ts";
import type { TextEdit } from "../../text/text-edit.ts";
import type { FormatStyle } from "./format-style.ts";

/** Where the columns of the file that comes with Postfix start, but for the first. */
const COLUMNS = [10, 16, 24, 32, 40, 48, 56];
/** Before options on lines of their own. */
const INDENT = "  ";

/** Blanks between the words of each entry: its columns, and its options. Text in braces is left alone. */
export function formatMaster(tree: MasterCf, style: FormatStyle): readonly TextEdit[] {
  return tree.services.flatMap((service) =>
    service.joined.text.includes("\0") ? [] : formatService(tree.text, service, style),
  );
}

function formatService(text: string, service: MasterService, style: FormatStyle): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const words = [...service.fields, ...service.arguments];
  let column = 0;
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    column += word.span.end - word.span.start;
    if (next === undefined) break;
    const gap = text.slice(word.span.end, next.span.start);
    const feed = gap.lastIndexOf("\n");
    if (feed === -1) {
      const target = style === "aligned" && index < COLUMNS.length ? (COLUMNS[index] ?? 0) : 0;
      const blanks = Math.max(1, target - column);
      edits.push({ span: span(word.span.end, next.span.start), newText: " ".repeat(blanks) });
      column += blanks;
    } else {
      edits.push({ span: span(word.span.end + feed + 1, next.span.start), newText: INDENT });
      column = INDENT.length;
    }
  }
  return edits;
}
