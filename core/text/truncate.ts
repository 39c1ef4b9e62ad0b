const ELLIPSIS = "…";

/** At most `limit` UTF-16 code units, an ellipsis included where text was cut; never splits a surrogate pair. */
export function truncate(text: string, limit: number): string {
  if (text.length <= limit) return text;
  if (limit < 1) return "";
  let end = limit - 1;
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last < 0xdc00) end -= 1;
  return text.slice(0, Math.max(0, end)) + ELLIPSIS;
}
