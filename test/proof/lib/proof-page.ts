import unproven from "../unproven.json" with { type: "json" };
import { type CaseResult, type FixResult, isProven } from "./case-result.ts";

/** What the run was made with. */
export interface ProofVersions {
  readonly postfix: string;
  readonly dovecot: string;
  readonly amavis: string;
}

/** docs/proof.md: the same results give the same page. */
export function proofPage(results: readonly CaseResult[], versions: ProofVersions): string {
  const proven = results.filter(isProven);
  const fixes = results.flatMap((result) => result.fixes);
  return [
    "# What is proven",
    "",
    "<!-- Written by `npm run proof`. -->",
    "",
    "Every case below was played on real servers on loopback: the mistake was planted, a client provoked it, the line that the server logged was",
    "opened through our language server, and its problem, its hover and its quick fixes were taken as an editor takes them. Where a rule finds the",
    "mistake, the configuration was opened instead, and what Postfix is quoted with is what it really printed. Each fix was applied to",
    "the configuration on disk, the commands it names were run, and the same client tried again: the error has to be gone, and nobody else may",
    "get in whom the fix does not name.",
    "",
    `Made with Postfix ${versions.postfix}, Dovecot ${versions.dovecot} and Amavis ${versions.amavis}. ${proven.length} of ${results.length} cases hold, with ${fixes.length} fixes.`,
    "",
    "- **Reproduced**: the real server logged the line. **Explained**: the line carries this entry, and its hover names this line's own values.",
    "  Of a mistake that Postfix takes without a word it is the line that shows what came of it: a login without TLS, mail to a wrong host.",
    "- **Fixed**: after the fix the same client gets through, or the warning stays away, and no other takes its place. Where a fix changes words",
    "  alone, what came before comes again.",
    "- **Lets in**: who is accepted afterwards and was not before, beside the one it is for. Tried each time: a stranger writing to a stranger, a",
    "  stranger writing to a mailbox here, a stranger with a sender address of ours, this very client writing to a stranger, and the very same words",
    "  from another address. A fix that is offered as *safe* and lets in anybody fails the run. Where no server answered before the fix,",
    "  everybody it lets in is named.",
    "- **iRedAPD itself is not run.** A small policy server stands in for it: it speaks Postfix's policy delegation protocol, gives iRedAPD's",
    "  documented answers and obeys the settings in `settings.py` that the fixes edit (read by Python, as iRedAPD reads them).",
    "- Names are answered by a name server of the run; nothing is asked of the network.",
    "",
    "| Case | What is planted | Reproduced | Explained | Fixes |",
    "| --- | --- | --- | --- | --- |",
    ...results.map(row),
    "",
    "## The fixes",
    "",
    "| Fix | Offered as | Fixed | Lets in | Then to be run |",
    "| --- | --- | --- | --- | --- |",
    ...results.flatMap((result) => result.fixes.map((fix) => fixRow(result, fix))),
    "",
    "## What has no case",
    "",
    "A test fails if a rule, or a fix of a rule or an entry, has no case here and does not stand in this list.",
    "",
    ...[...Object.entries(unproven.rules), ...Object.entries(unproven.fixes)].map(
      ([id, reason]) => `- \`${id}\`: ${reason}.`,
    ),
    "",
  ].join("\n");
}

/**
 * The releases that entries name as their evidence, by system; patch levels change no wording.
 * @param others those of the programs that only situations start
 */
export function releasesText(
  { postfix, dovecot, amavis }: ProofVersions,
  others: Readonly<Record<string, string>>,
): string {
  const release = (version: string): string => version.split(".").slice(0, 2).join(".");
  const releases = {
    postfix: `Postfix ${release(postfix)}`,
    dovecot: `Dovecot ${release(dovecot)}`,
    amavis: `Amavis ${release(amavis)}`,
    ...others,
  };
  return `${JSON.stringify(releases, null, 2)}\n`;
}

function row({ proofCase, line, isExplained, fixes, problem }: CaseResult): string {
  const where = proofCase.releases === undefined ? "" : ` (${proofCase.releases})`;
  const works = fixes.filter((fix) => fix.problem === null).length;
  const outcome =
    proofCase.again !== undefined
      ? `no fix: the next try gets ${proofCase.again.reply ?? "through"}`
      : fixes.length === 0
        ? "none"
        : `${works} of ${fixes.length}`;
  return cells([
    `\`${proofCase.id}\``,
    proofCase.planted + where,
    mark(line !== null),
    mark(isExplained && problem === null),
    outcome,
  ]);
}

function fixRow({ proofCase }: CaseResult, { fixCase, opened, commands, problem }: FixResult): string {
  return cells([
    `\`${proofCase.id}\` ${fixCase.fix}`,
    fixCase.withheld === undefined ? fixCase.safety : "withheld, as it should be",
    mark(problem === null),
    opened.length === 0 ? "nobody else" : opened.map((one) => one.replaceAll("-", " ")).join(", "),
    commands.map((command) => `\`${command}\``).join(", "),
  ]);
}

function mark(holds: boolean): string {
  return holds ? "yes" : "**no**";
}

function cells(texts: readonly string[]): string {
  return `| ${texts.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
}

/** One line for the terminal: id, reproduced, explained, fixed, safe, seconds. */
export function terminalRow({ proofCase, line, isExplained, fixes, problem, took }: CaseResult): string {
  const works = fixes.filter((fix) => fix.problem === null).length;
  const fixed = fixes.length === 0 ? "-" : `${works}/${fixes.length}`;
  const isTrue = problem === null;
  const safe = fixes.length === 0 ? "-" : word(fixes.every((fix) => fix.problem === null));
  const seconds = (took / 1000).toFixed(1).padStart(6);
  return `${proofCase.id.padEnd(44)} ${word(line !== null)} ${word(isExplained && isTrue)} ${fixed.padEnd(5)} ${safe.padEnd(4)} ${seconds}`;
}

export const TERMINAL_HEAD = `${"case".padEnd(44)} repr expl fixed safe seconds`;

function word(holds: boolean): string {
  return holds ? "yes " : "NO  ";
}

/** What did not hold, each with its reason. */
export function failuresOf(results: readonly CaseResult[]): readonly string[] {
  return results.flatMap(({ proofCase, problem, fixes }) => [
    ...(problem === null ? [] : [`${proofCase.id}: ${problem}`]),
    ...fixes.flatMap((fix) => (fix.problem === null ? [] : [`${proofCase.id}, ${fix.fixCase.fix}: ${fix.problem}`])),
  ]);
}
