export interface ShellOptions {
  /** Fresh for each page; letters and digits. */
  readonly nonce: string;
  /** Addresses of the bundled script and style sheet. */
  readonly script: string;
  readonly style: string;
}

/**
 * The page of a view before anything is in it. It may run our script and use our style sheet, and nothing else: no other script, no network, no picture, no frame, no
 * form.
 */
export function viewShell({ nonce, script, style }: ShellOptions): string {
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
<link rel="stylesheet" nonce="${nonce}" href="${attribute(style)}">
</head>
<body>
<div id="progress" role="status" aria-live="polite" hidden><span id="progress-words"></span> <progress id="progress-part" max="1" aria-labelledby="progress-words"></progress></div>
<div id="view"></div>
<script nonce="${nonce}" src="${attribute(script)}"></script>
</body>
</html>
`;
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
