import type { SourceFile } from "../../io/file-port.ts";
import type { MailServer } from "../../model/mail-server.ts";
import { documentSpan, type JoinedPiece } from "../../syntax/lines/joined-text.ts";
import type { Definition } from "../../syntax/main-cf/parse-main-cf.ts";
import { isAlnumCode, skipSpace } from "../../text/ascii.ts";
import { type Span, span } from "../../text/span.ts";
import { editOffer } from "../edit-offer.ts";
import { knownParameter } from "../known-parameter.ts";
import { nameInMessage } from "../name-in-message.ts";
import type { Rule, RuleProblem } from "../rule.ts";

export const swallowedParameter: Rule = {
  id: "swallowed-parameter",
  title: "A parameter on an indented line",
  severity: "warning",
  manualUrl: "https://www.postfix.org/postconf.5.html",
  check: (server, { postfixVersion }) => {
    const { file, tree } = server.main;
    return tree.definitions.flatMap((definition) => {
      // Nearly all are one line.
      if (definition.logical.lines.length === 1) return [];
      const isInBraces = bracesOf(definition.valueText.text);
      return definition.valueText.pieces.flatMap((piece) => {
        const name = isInBraces(piece.from) ? null : definedOn(definition, piece);
        if (name === null || knownParameter(server, name.text, postfixVersion) === null) return [];
        return [problemOf(server, file, definition, name)];
      });
    });
  },
};

interface PlacedName {
  readonly text: string;
  readonly span: Span;
}

/** The name on a continuation line that reads `name = …`. */
function definedOn({ valueText, logical }: Definition, piece: JoinedPiece): PlacedName | null {
  const { text } = valueText;
  if (piece.span.start < (logical.lines[0]?.span.end ?? 0)) return null;
  const start = skipSpace(text, piece.from);
  let end = start;
  while (isAlnumCode(text.charCodeAt(end)) || text.charAt(end) === "_") end += 1;
  if (end === start || text.charAt(skipSpace(text, end)) !== "=") return null;
  return { text: text.slice(start, end), span: documentSpan(valueText, start, end) };
}

/** Tells of offsets, asked for in order, whether they lie in braces: there, an option of one member of a list may have a parameter's name. */
function bracesOf(text: string): (offset: number) => boolean {
  let depth = 0;
  let at = 0;
  return (offset) => {
    for (; at < offset; at += 1) {
      const character = text.charAt(at);
      if (character === "{") depth += 1;
      else if (character === "}" && depth > 0) depth -= 1;
    }
    return depth > 0;
  };
}

function problemOf(server: MailServer, file: SourceFile, { name }: Definition, swallowed: PlacedName): RuleProblem {
  const shown = nameInMessage(name);
  const start = file.text.lastIndexOf("\n", swallowed.span.start - 1) + 1;
  const fix = {
    id: "swallowed-parameter/unindent",
    title: `Take the white space off in front of ${swallowed.text} in main.cf`,
    safety: "review",
    cost: `${swallowed.text} takes effect, and ${shown} is shorter by this line.`,
    reload: true,
  } as const;
  return {
    file,
    span: swallowed.span,
    message: `An indented line continues the one above: ${swallowed.text} is not set here, but this line is part of ${shown}.`,
    fixes: [editOffer(server, fix, file, [{ span: span(start, swallowed.span.start), newText: "" }])],
  };
}
