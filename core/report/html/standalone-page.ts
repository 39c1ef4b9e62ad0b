import { escapeHtml, type Html } from "./html.ts";

export interface StandalonePage {
  readonly title: string;
  readonly content: Html;
  /** Ours, bundled: put in as they are. */
  readonly script: string;
  readonly style: string;
  /** Fresh for each page; letters and digits. */
  readonly nonce: string;
}

/** A whole page in one file that asks for nothing else, with the policy of the views: our script and style only, and no network. */
export function standalonePage({ title, content, script, style, nonce }: StandalonePage): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style nonce="${nonce}">${style.replaceAll("</", "<\\/")}</style>
</head>
<body>
<div id="view">${content.html}</div>
<script nonce="${nonce}">${script.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--")}</script>
</body>
</html>
`;
}
