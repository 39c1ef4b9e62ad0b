import textmate, { type IGrammar } from "vscode-textmate";

/**
 * A text with its tokens under every line, to read and to compare: the line after `> `, then one row of carets and scopes for each token that
 * has a scope of its own. The grammar's scope and the language's name at a scope's end are left out.
 */
export function picture(grammar: IGrammar, text: string): string {
  const rows: string[] = [];
  let state = textmate.INITIAL;
  for (const line of text.replace(/\n$/, "").split("\n")) {
    rows.push(`> ${line}`.trimEnd());
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    for (const { startIndex, endIndex, scopes } of tokens) {
      const own = scopes.slice(1).map((scope) => scope.replace(/\.postfix-[a-z-]+$/, ""));
      const width = Math.min(endIndex, line.length) - startIndex;
      if (own.length > 0 && width > 0) rows.push(`  ${" ".repeat(startIndex)}${"^".repeat(width)} ${own.join(" ")}`);
    }
  }
  return `${rows.join("\n")}\n`;
}
