import type { EditOffer } from "../../fixes/fix-offer.ts";
import type { SourceFile } from "../../io/file-port.ts";
import { oncePer } from "../../memory/remember.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import type { LineTree, LogicalLine } from "../../syntax/lines/logical-lines.ts";
import { type Span, span } from "../../text/span.ts";
import { editOffer } from "../edit-offer.ts";
import { onceEach } from "../once-each.ts";
import { printable, quotedStart } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";

export const leadingWhitespace: Rule = {
  id: "leading-whitespace",
  title: "A first line that is indented",
  severity: "warning",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server) =>
    onceEach([
      ...indentedLines(server, server.main.file, server.main.tree.lines),
      ...(server.master === null ? [] : indentedLines(server, server.master.file, server.master.tree.lines)),
      ...[...server.tables.values()].flatMap(({ content }) =>
        // The lines of a table are laid out only if one of them is known to be wrong.
        "tree" in content && content.tree.problems.some(({ kind }) => kind === "leading-whitespace")
          ? indentedLines(server, content.file, content.tree.lines)
          : [],
      ),
    ]),
};

function indentedLines(server: MailServer, file: SourceFile, lines: LineTree): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  for (const { lines: own, span: whole, joined } of indented(lines)) {
    const first = own[0]?.content ?? whole;
    const indentation = joined.text.length - joined.text.trimStart().length;
    problems.push({
      file,
      span: span(Math.min(first.start + indentation, first.end), first.end),
      message: `Postfix skips this line: an indented line continues the one above, and here ${baseName(file.path)} has none yet.`,
      postfix: printable(`logical line must not start with whitespace: "${quotedStart(joined.text)}"`, file.encoding),
      fixes: [unindent(server, file, span(first.start, first.start + indentation))],
    });
  }
  return problems;
}

/** A long table is looked through once, not after each keystroke elsewhere. */
const indented = oncePer((lines: LineTree): readonly LogicalLine[] =>
  lines.nodes.flatMap((node) => (node.kind === "logical" && node.line.indented ? [node.line] : [])),
);

function unindent(server: MailServer, file: SourceFile, indentation: Span): EditOffer {
  const fix = {
    id: "leading-whitespace/unindent",
    title: `Take the white space off the start of the line in ${baseName(file.path)}`,
    safety: "review",
    cost: "The line was without effect so far; now it counts.",
    reload: true,
  } as const;
  return editOffer(server, fix, file, [{ span: indentation, newText: "" }]);
}
