import type { CatalogueEntry, EntryLink, EntrySeverity, Evidence, Fault, FixDeclaration } from "../catalogue/entry.ts";
import { fill } from "../catalogue/fill.ts";
import type { Safety } from "../catalogue/safety.ts";
import { systemName } from "../log/systems.ts";
import { codeSpan, escapeMarkdown } from "../text/escape-markdown.ts";
import { truncate } from "../text/truncate.ts";
import type { ValueOf } from "./line-values.ts";

/** Longer values say nothing more to a reader, and a hover of a megabyte stalls an editor. */
const LONGEST_VALUE = 200;

/** An entry as a page, with one line's values in it. The entry is ours and may hold Markdown; the values become code spans. */
export function entryMarkdown(entry: CatalogueEntry, valueOf: ValueOf): string {
  const filled = (text: string): string => fill(text, valueOf, (value) => codeSpan(truncate(value, LONGEST_VALUE)));
  const parts = [
    `### ${entry.title}`,
    `*${SEVERITY[entry.severity]} · ${FAULT[entry.fault]} · ${speaker(entry)}*`,
    filled(entry.sections.meaning),
    `**Likely causes**\n\n${filled(entry.sections.causes)}`,
    `**What to do**\n\n${filled(entry.sections.remedies)}`,
  ];
  if (entry.fixes.length > 0) {
    const fixes = entry.fixes.map((fix) => fixLine(fix, filled)).join("\n");
    parts.push(`**Quick fixes** (light bulb)\n\n${fixes}`);
  }
  const links = entry.links.flatMap(linkMarkdown);
  if (links.length > 0) parts.push(`See also: ${links.join(" · ")}`);
  parts.push(`*${evidenceWords(entry)}*`);
  return parts.join("\n\n");
}

/** What the reader may build on. */
function evidenceWords({ system, evidence }: CatalogueEntry): string {
  const source = escapeMarkdown(evidence.source);
  const words: Readonly<Record<Evidence["kind"], string>> = {
    reproduced: `Seen in the log of a real ${source}.`,
    "with-stand-in": `Seen in the log of a real ${source}; a stand-in answered for ${systemName(system)}.`,
    documented: `From the documentation (${source}); not reproduced here.`,
  };
  return words[evidence.kind];
}

/** The page to read on, for a diagnostic's code. */
export function entryAddress(entry: CatalogueEntry): string | null {
  return entry.links.find(({ url }) => isPlainAddress(url))?.url ?? null;
}

function fixLine(fix: FixDeclaration, filled: (text: string) => string): string {
  const cost = fix.cost === "" ? "" : ` Cost: ${filled(fix.cost)}`;
  return `- ${filled(fix.title)} (${SAFETY[fix.atLeast]}).${cost}`;
}

function linkMarkdown(link: EntryLink): readonly string[] {
  return isPlainAddress(link.url) ? [`[${escapeMarkdown(link.title)}](${link.url})`] : [];
}

/** An address that a Markdown link cannot be broken with. */
function isPlainAddress(url: string): boolean {
  if (!url.startsWith("https://")) return false;
  for (const character of url) if (character <= " " || "()<>\\`".includes(character)) return false;
  return true;
}

const SEVERITY: Readonly<Record<EntrySeverity, string>> = {
  error: "Error",
  warning: "Warning",
  information: "Information",
  hint: "No action needed",
};

const FAULT: Readonly<Record<Fault, string>> = {
  you: "yours to settle, on this server",
  them: "the other server's mistake",
  client: "the mail program's or its user's mistake",
  network: "the network's doing",
  nobody: "nobody's fault",
};

function speaker({ system, loggedBy }: CatalogueEntry): string {
  const name = systemName(system);
  return system === loggedBy ? `said by ${name}` : `about ${name}, said by ${systemName(loggedBy)}`;
}

const SAFETY: Readonly<Record<Safety, string>> = {
  safe: "safe",
  review: "look at it before you apply it",
  risky: "risky: weakens a check",
};
