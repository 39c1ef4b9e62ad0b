import { truncate } from "../text/truncate.ts";
import { visibleText } from "../text/visible-text.ts";
import type { Finding, FindingSeverity, ReportWriter } from "./finding.ts";
import { sourceExcerpt } from "./source-excerpt.ts";
import type { Painter, Style } from "./terminal/style.ts";

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
 */
export function prettyReport(paint: Painter): ReportWriter {
  return {
    begin: () => "",
    finding: (finding) => `${lines(finding, paint).join("\n")}\n\n`,
    end: () => "",
  };
}

function lines(finding: Finding, paint: Painter): readonly string[] {
  const [headline = "", ...more] = truncate(finding.message, LONGEST_MESSAGE).split("\n").map(visibleText);
  const place = `${visibleText(finding.file)}:${finding.line}:${finding.column}:`;
  const kind = paint(STYLES[finding.severity], `${finding.severity}:`);
  const start = finding.column - 1;
  const end = finding.endLine === finding.line ? finding.endColumn - 1 : finding.lineText.length;
  const excerpt = sourceExcerpt(finding.lineText, start, Math.max(start, end));
  const caret = " ".repeat(excerpt.before) + paint(STYLES[finding.severity], "^".repeat(excerpt.width));
  const result = [`${paint("bold", place)} ${kind} ${headline} ${paint("dim", `[${visibleText(finding.id)}]`)}`];
  result.push(`  ${excerpt.text}`, `  ${caret}`, ...more.map((line) => `  ${line}`));
  if (finding.postfix !== null && !finding.lineText.includes(finding.postfix)) {
    result.push(paint("dim", `  postfix: ${visibleText(truncate(finding.postfix, LONGEST_POSTFIX))}`));
  }
  for (const { file, line, id, message } of finding.because) {
    const where = file === finding.file ? "" : ` of ${visibleText(file)}`;
    result.push(`  because of line ${line}${where}: ${visibleText(message)} ${paint("dim", `[${visibleText(id)}]`)}`);
  }
  for (const fix of finding.fixes) {
    const title = visibleText(fix.title);
    if (fix.kind === "withheld") result.push(`  no fix: ${title}: ${visibleText(fix.reason)}`);
    else result.push(`  fix (${fix.safety}): ${title}`);
  }
  return result;
}
