import { listsByKey } from "../collections/lists-by-key.ts";
import type { CommandsOffer, FixOffer } from "../fixes/fix-offer.ts";
import { truncate } from "../text/truncate.ts";
import { visibleText } from "../text/visible-text.ts";
import type { Finding, FindingSeverity, ReportWriter } from "./finding.ts";
import { sourceExcerpt } from "./source-excerpt.ts";
import type { Painter, Style } from "./terminal/style.ts";
import { wrapText } from "./terminal/wrap-text.ts";
import { textWidth } from "./text-width.ts";

const LONGEST_MESSAGE = 400;
const LONGEST_POSTFIX = 400;

const STYLES: Readonly<Record<FindingSeverity, Style>> = {
  error: "red",
  warning: "yellow",
  info: "blue",
  hint: "cyan",
};

/**
 * Findings for people:
 *
 *     main.cf:3:1: warning: smtpd_banner is already set in line 2 … [duplicate-parameter]
 *       smtpd_banner = b
 *       ^^^^^^^^^^^^
 *       postfix: warning: main.cf, line 3: overriding earlier entry: smtpd_banner=a
 *       because of line 1: … (for a line of a log that an earlier one led to; `of line 1 of mail.log.1` in another file)
 *       fix (safe): Comment out smtpd_banner in line 2 …
 *
 * The first line is what compilers write, so editors and terminals find the place. Whatever comes from a file is made visible.
 * @param columns of the terminal: the source line is cut to them and the lines below it are broken between words; without an end where
 * the report goes to a file or another program
 */
export function prettyReport(paint: Painter, columns: number): ReportWriter {
  return {
    begin: () => "",
    finding: (finding) => `${lines(finding, paint, columns).join("\n")}\n\n`,
    end: () => "",
  };
}

const INDENT = "  ";
/** A terminal narrower than this is treated as one of this width. */
const NARROWEST = 40;

function lines(finding: Finding, paint: Painter, columns: number): readonly string[] {
  const width = Math.max(columns, NARROWEST);
  const below = (text: string): readonly string[] => indented(text, width, paint);
  const [headline = "", ...more] = truncate(finding.message, LONGEST_MESSAGE).split("\n").map(visibleText);
  const place = `${visibleText(finding.file)}:${finding.line}:${finding.column}:`;
  const kind = paint(STYLES[finding.severity], `${finding.severity}:`);
  const start = finding.column - 1;
  const end = finding.endLine === finding.line ? finding.endColumn - 1 : finding.lineText.length;
  const excerpt = sourceExcerpt(finding.lineText, start, Math.max(start, end), width - INDENT.length);
  const caret = " ".repeat(excerpt.before) + paint(STYLES[finding.severity], "^".repeat(excerpt.width));
  const result = [`${paint("bold", place)} ${kind} ${headline} ${paint("dim", `[${visibleText(finding.id)}]`)}`];
  result.push(INDENT + excerpt.text, INDENT + caret, ...more.flatMap(below));
  if (finding.postfix !== null && !finding.lineText.includes(finding.postfix)) {
    const said = below(`postfix: ${visibleText(truncate(finding.postfix, LONGEST_POSTFIX))}`);
    result.push(...said.map((line) => paint("dim", line)));
  }
  for (const { file, line, id, message } of finding.because) {
    const where = file === finding.file ? "" : ` of ${visibleText(file)}`;
    result.push(...below(`because of line ${line}${where}: ${visibleText(message)} [${visibleText(id)}]`));
  }
  result.push(...fixTexts(finding.fixes).flatMap(below));
  return result;
}

/** A text that is visible already, below the source line; what does not fit stands further to the right. */
function indented(text: string, width: number, paint: Painter): readonly string[] {
  if (INDENT.length + textWidth(text) <= width) return [INDENT + text];
  const [first = "", ...rest] = wrapText([{ text, style: null }], width - INDENT.length, INDENT, paint);
  return [first, ...rest.map((line) => INDENT + line)];
}

/** A line for each fix. One that is a command on each system is one fix: its commands stand there. */
function fixTexts(offers: readonly FixOffer[]): readonly string[] {
  const grouped = listsByKey(offers, (offer) => (isService(offer) ? offer.summary : offer.id));
  return [...grouped.values()].flatMap((group) => {
    const [first, ...others] = group.filter(isService);
    if (first === undefined)
      return group.map((offer) => `${fixHead(offer)}: ${visibleText(offer.title)}${fixDetail(offer)}`);
    return `${fixHead(first)}: ${visibleText(first.summary)}: ${[first, ...others].map(commandText).join(", ")}`;
  });
}

function fixHead(offer: FixOffer): string {
  return offer.kind === "withheld" ? "no fix" : `fix (${offer.safety})`;
}

/** Why there is no fix, or what is to be added where no file was found; several lines are left to the editor. */
function fixDetail(offer: FixOffer): string {
  if (offer.kind === "withheld") return `: ${visibleText(offer.reason)}`;
  if (offer.kind !== "lines") return "";
  const text = offer.text.trimEnd();
  return `: to be added to ${visibleText(offer.fileName)}${text.includes("\n") ? "" : `: ${visibleText(text)}`}`;
}

/** Commands that change no file. */
function isService(offer: FixOffer): offer is ServiceOffer {
  return offer.kind === "commands" && offer.locked === undefined && offer.summary !== undefined;
}

type ServiceOffer = CommandsOffer & { readonly summary: string };

function commandText({ title, summary, commands }: ServiceOffer): string {
  const command = commands.map(visibleText).join("; ");
  const system = visibleText(title.slice(summary.length).replace(/^: /, ""));
  return system === "" ? command : `${command} (${system})`;
}
