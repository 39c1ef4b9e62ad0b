import type { FileEdit } from "../fixes/fix-offer.ts";
import { jsonText } from "../text/json-text.ts";
import { indexLines } from "../text/line-index.ts";
import { type Finding, type FindingKind, type FindingSeverity, messageLine, type ReportWriter } from "./finding.ts";

export interface SarifOptions {
  /** Of this program. */
  readonly version: string;
  /** Every kind that may occur; the results refer to them by place. */
  readonly kinds: readonly FindingKind[];
  /** A path as the findings give it, as a URI reference: relative where the reader shall resolve it. */
  readonly uriOf: (path: string) => string;
}

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

const LEVELS: Readonly<Record<FindingSeverity, string>> = {
  error: "error",
  warning: "warning",
  info: "note",
  hint: "note",
};

/** A log of SARIF 2.1.0 (OASIS) with one run. Its rules come first, so that the results can follow one by one. */
export function sarifReport({ version, kinds, uriOf }: SarifOptions): ReportWriter {
  const indexes = new Map(kinds.map(({ id }, index) => [id, index]));
  const driver = { name: "postmaster", version, semanticVersion: version, rules: kinds.map(toRule) };
  let isFirst = true;
  return {
    begin: () =>
      `{"$schema":${JSON.stringify(SCHEMA)},"version":"2.1.0","runs":[{"tool":${JSON.stringify({ driver })},` +
      `"columnKind":"utf16CodeUnits","results":[`,
    finding(finding) {
      const separator = isFirst ? "\n" : ",\n";
      isFirst = false;
      return separator + jsonText(toResult(finding, indexes.get(finding.id), uriOf));
    },
    end: () => `${isFirst ? "" : "\n"}]}]}\n`,
  };
}

function toRule({ id, title, description, severity, helpUri }: FindingKind): object {
  return {
    id,
    shortDescription: { text: title },
    help: { text: description, markdown: description },
    ...(helpUri === null ? {} : { helpUri }),
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function toResult(finding: Finding, ruleIndex: number | undefined, uriOf: SarifOptions["uriOf"]): object {
  const { line, column, endLine, endColumn, lineText } = finding;
  // What came from the standard input lies in no file that could be edited.
  const fixes = (finding.file === "-" ? [] : finding.fixes).flatMap((fix) =>
    fix.kind !== "edit" || fix.files.length === 0
      ? []
      : [
          {
            description: { text: `${fix.title} (${fix.safety})` },
            artifactChanges: fix.files.map((file) => toChange(file, uriOf)),
          },
        ],
  );
  return {
    ruleId: finding.id,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[finding.severity],
    message: { text: messageLine(finding) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(finding.file) },
          region: {
            startLine: line,
            startColumn: column,
            endLine,
            endColumn,
            ...(lineText.length <= LONGEST_SNIPPET ? { snippet: { text: lineText } } : {}),
          },
        },
      },
    ],
    ...(finding.because.length === 0
      ? {}
      : {
          relatedLocations: finding.because.map((cause, id) => ({
            id,
            message: { text: cause.message },
            physicalLocation: {
              artifactLocation: { uri: uriOf(cause.file) },
              region: { startLine: cause.line },
            },
          })),
        }),
    ...(fixes.length === 0 ? {} : { fixes }),
    ...(finding.postfix === null ? {} : { properties: { postfix: finding.postfix } }),
  };
}

const LONGEST_SNIPPET = 2000;

function toChange({ file, edits }: FileEdit, uriOf: SarifOptions["uriOf"]): object {
  const index = indexLines(file.text);
  return {
    artifactLocation: { uri: uriOf(file.path) },
    replacements: edits.map(({ span, newText }) => {
      const start = index.positionAt(span.start);
      const end = index.positionAt(span.end);
      return {
        deletedRegion: {
          startLine: start.line + 1,
          startColumn: start.character + 1,
          endLine: end.line + 1,
          endColumn: end.character + 1,
        },
        ...(newText === "" ? {} : { insertedContent: { text: newText } }),
      };
    }),
  };
}
