import { jsonText } from "../text/json-text.ts";
import { type Finding, messageLine, type ReportWriter } from "./finding.ts";

/**
 * One array of findings, one a line. Positions are 1-based, columns count UTF-16 code units, the end is exclusive.
 */
export function jsonReport(): ReportWriter {
  let isFirst = true;
  return {
    begin: () => "[",
    finding(finding) {
      const separator = isFirst ? "\n" : ",\n";
      isFirst = false;
      return separator + findingJson(finding);
    },
    end: () => (isFirst ? "]\n" : "\n]\n"),
  };
}

function findingJson(finding: Finding): string {
  const { file, line, column, endLine, endColumn, severity, id, postfix, because } = finding;
  const fixes = finding.fixes.filter(({ kind }) => kind !== "withheld").map(({ title, safety }) => ({ title, safety }));
  return jsonText({
    file,
    line,
    column,
    endLine,
    endColumn,
    severity,
    id,
    message: messageLine(finding),
    postfix,
    because,
    fixes,
  });
}
