/**
 * A page of Markdown without what a message above it says already: the heading that is the message's first line, and, right below the page's
 * byline, the sentences that are its second. VS Code shows the problems of a place over its hover, and once is enough.
 * @param messages of the problems at that place
 */
export function withoutMessage(markdown: string, messages: readonly string[]): string {
  const parts = markdown.split("\n\n");
  for (const message of messages) {
    const [title = "", told = ""] = message.split("\n");
    const heading = parts.indexOf(`### ${title}`);
    if (heading === -1) continue;
    parts.splice(heading, 1);
    // The byline stands between them.
    const meaning = heading + 1;
    const rest = afterTold(parts[meaning] ?? "", told);
    if (rest !== null) parts.splice(meaning, 1, ...(rest === "" ? [] : [rest]));
  }
  return parts.join("\n\n");
}

/** What follows on `told` at the beginning of a paragraph, read without its code marks; null if it begins otherwise. */
function afterTold(paragraph: string, told: string): string | null {
  if (told === "") return null;
  let at = 0;
  for (const character of told) {
    while (paragraph.charAt(at) === "`") at += 1;
    const here = paragraph.charAt(at) === "\n" ? " " : String.fromCodePoint(paragraph.codePointAt(at) ?? 0);
    if (here !== character) return null;
    at += character.length;
  }
  while (paragraph.charAt(at) === "`") at += 1;
  const rest = paragraph.slice(at);
  return rest === "" || rest.startsWith(" ") || rest.startsWith("\n") ? rest.trimStart() : null;
}
