/** What the right-hand side of an access table does to the walk (access(5)). `maybe`: it names further restrictions. */
export type AccessEffect = "permit" | "refuse" | "none" | "maybe";

const NONE = new Set(["dunno", "hold", "filter", "prepend", "redirect", "bcc", "warn", "info"]);
const REFUSE = new Set(["reject", "defer", "defer_if_reject", "defer_if_permit", "discard"]);

/** DISCARD counts as refused: the client is told otherwise, but nothing is let in. */
export function accessEffect(action: string): AccessEffect {
  const trimmed = action.trim();
  const end = firstBlank(trimmed);
  const word = trimmed.slice(0, end).toLowerCase();
  if (word === "ok" || word === "permit") return "permit";
  if (NONE.has(word)) return "none";
  if (REFUSE.has(word)) return "refuse";
  // A bare all-digits result means OK; a reply code with text, or a bare 4xx/5xx with enhanced code, refuses.
  if (isDigits(word)) return end === trimmed.length ? "permit" : isReplyCode(word) ? "refuse" : "permit";
  return "maybe";
}

function firstBlank(text: string): number {
  for (let at = 0; at < text.length; at++) if (text[at] === " " || text[at] === "\t" || text[at] === "\n") return at;
  return text.length;
}

function isDigits(text: string): boolean {
  if (text === "") return false;
  for (const c of text) if (c < "0" || c > "9") return false;
  return true;
}

function isReplyCode(text: string): boolean {
  return text.length === 3 && (text.startsWith("4") || text.startsWith("5"));
}
