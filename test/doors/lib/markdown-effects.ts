import { lexer, type Token, walkTokens } from "marked";

/** What a Markdown page does besides showing text. */
export interface MarkdownEffects {
  readonly links: readonly string[];
  readonly images: readonly string[];
  readonly html: readonly string[];
}

/** Read as VS Code reads it: GitHub's Markdown, in which bare addresses are links too. */
export function markdownEffects(markdown: string): MarkdownEffects {
  const links: string[] = [];
  const images: string[] = [];
  const html: string[] = [];
  const tokens = lexer(markdown, { gfm: true });
  for (const { href } of Object.values(tokens.links)) links.push(href ?? "");
  void walkTokens(tokens, (token: Token) => {
    if (token.type === "link" && typeof token["href"] === "string") links.push(token["href"]);
    else if (token.type === "image" && typeof token["href"] === "string") images.push(token["href"]);
    else if (token.type === "html") html.push(token.raw);
  });
  return { links, images, html };
}
