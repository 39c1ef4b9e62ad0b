import { afterCommands } from "@postmaster/core/fixes/edit-commands.ts";
import type { OsFamily } from "@postmaster/core/fixes/fix-context.ts";
import type { EditOffer } from "@postmaster/core/fixes/fix-offer.ts";
import type { FixOutcome } from "./apply-fixes.ts";

/** What was changed, what was not and why, and what has to be run before the changes take effect. Lines of plain text. */
export function tellFixes(
  outcomes: readonly FixOutcome[],
  outdated: readonly EditOffer[],
  nameOf: (path: string) => string,
  os: OsFamily | null,
): readonly string[] {
  const lines: string[] = [];
  const filesOf = (offer: FixOutcome["offer"]): string =>
    offer.kind === "edit" ? offer.files.map(({ file }) => nameOf(file.path)).join(", ") : offer.locked;
  const commands = new Set<string>();
  for (const { offer, server, problem } of outcomes) {
    const files = filesOf(offer);
    if (problem === null) {
      lines.push(`Fixed ${files}: ${offer.title}`);
      for (const command of afterCommands(offer.after, server, os)) commands.add(command);
    } else {
      lines.push(`Not fixed: ${files}: ${offer.title}: ${problem}`);
      lines.push(...offer.commands.map((command) => `  by hand: ${command}`));
    }
  }
  for (const offer of outdated) {
    lines.push(`Left as it is: ${filesOf(offer)}: ${offer.title}: the file was changed after the log line was written`);
  }
  if (commands.size > 0) lines.push("To take effect, run:", ...[...commands].map((command) => `  ${command}`));
  return lines;
}
