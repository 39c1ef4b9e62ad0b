import type { FixOffer } from "../fixes/fix-offer.ts";

export const FINDING_SEVERITIES = ["error", "warning", "info", "hint"] as const;
export type FindingSeverity = (typeof FINDING_SEVERITIES)[number];

/** One thing worth telling about one place of one file, ready to be written. Texts are as found: every writer makes them harmless. */
export interface Finding {
  /** The file as the reader knows it: the path as given or found below what was given, `-` for the standard input. */
  readonly file: string;
  /** Where it starts and ends: 1-based, columns in UTF-16 code units, the end exclusive. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly severity: FindingSeverity;
  /** Of the catalogue entry or the rule. */
  readonly id: string;
  /** The first line says what is wrong; more lines, if any, say more about this place. */
  readonly message: string;
  /** The text Postfix itself prints for it; null if it prints none. */
  readonly postfix: string | null;
  readonly fixes: readonly FixOffer[];
  /** Earlier lines of the same log that led here, the nearest first, the root last. */
  readonly because: readonly FindingCause[];
  /** The first line of the place, without its line break. */
  readonly lineText: string;
}

export interface FindingCause {
  /** As `Finding.file`: that file, or an older one that was rotated away from the same log. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Of the catalogue entry that explains it. */
  readonly id: string;
  /** As logged, without control characters. */
  readonly message: string;
}

/** The message in one line, for machines that list findings. */
export function messageLine(finding: Finding): string {
  return finding.message.split("\n").join(". ");
}

/** What reports say about a catalogue entry or a rule itself. */
export interface FindingKind {
  readonly id: string;
  readonly title: string;
  /** Markdown, ours. */
  readonly description: string;
  readonly severity: FindingSeverity;
  /** Where to read on. */
  readonly helpUri: string | null;
}

/** Turns findings into text one after the other, so that a report of any length needs no memory. Each result ends where the next begins. */
export interface ReportWriter {
  begin(): string;
  finding(finding: Finding): string;
  end(): string;
}
