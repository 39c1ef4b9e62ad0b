import { countText } from "../../text/counted.ts";
import type { Replaced } from "./counted-names.ts";

/**
 * What was taken out of some lines and what is still in them, in one line of plain text.
 * @param strange how many of the lines are no longer recognised
 */
export function redactionSummary(lines: number, replaced: Replaced, strange: number): string {
  const kinds = [
    amount(replaced.addresses, "address", "addresses"),
    amount(replaced.hosts, "host name", "host names"),
    amount(replaced.ips, "IP address", "IP addresses"),
    amount(replaced.words, "other word", "other words"),
    amount(replaced.ids, "identifier", "identifiers"),
  ].filter((kind) => kind !== null);
  const gone = kinds.length === 0 ? "nothing had to be replaced" : `${listed(kinds)} replaced, the same by the same`;
  const changed = strange === 0 ? "" : ` ${strangeText(strange)}`;
  // What to do comes first: a notification is cut where the line ends.
  return `Copied ${amount(lines, "line", "lines") ?? ""}. Read before you post: ${gone}. Kept: times, programs, process and queue ids, codes, and the words of messages.${changed}`;
}

/** @param lines that are no longer recognised, at least one */
export function strangeText(lines: number): string {
  const known = lines === 1 ? "what it is" : "what they are";
  return `${amount(lines, "line is", "lines are") ?? ""} no longer recognised: ${known} known by had to go.`;
}

function amount(count: number, one: string, many: string): string | null {
  return count === 0 ? null : `${countText(count)} ${count === 1 ? one : many}`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}
