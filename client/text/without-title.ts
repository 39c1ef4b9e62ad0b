/**
 * A page of Markdown without the heading that a message above it begins with: VS Code shows the problems of a place over its hover, and one
 * title is enough.
 * @param messages of the problems at that place, their first line the title
 */
export function withoutTitle(markdown: string, messages: readonly string[]): string {
  const titles = new Set(messages.map((message) => `### ${firstLine(message)}`));
  const parts = markdown.split("\n\n");
  const heading = parts.findIndex((part) => titles.has(part));
  return heading === -1 ? markdown : parts.filter((_, index) => index !== heading).join("\n\n");
}

function firstLine(text: string): string {
  const end = text.indexOf("\n");
  return end === -1 ? text : text.slice(0, end);
}
