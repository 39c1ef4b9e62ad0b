import { mayHaveSetting } from "@postmaster/core/features/refusal/setting-of-line.ts";
import { tellingSpan } from "@postmaster/core/features/telling-span.ts";
import { contains } from "@postmaster/core/text/span.ts";
import type { IdPlace } from "@postmaster/core/trace/id-index.ts";
import { type DocumentHighlight, DocumentHighlightKind, type Location, type Position } from "vscode-languageserver";
import type { LogFile } from "../documents.ts";
import { causesWith, lineInFile, type OlderLog } from "../older-log.ts";
import { rangeInLine } from "../positions.ts";

/**
 * On a queue id: the first line of that mail. Elsewhere on a line that another led to: the root of it, also in the file that was rotated away.
 * @param isVsCode it shows a report where a compressed log is opened: no place in it
 */
export function logDefinition(
  { uri, log }: LogFile,
  { line, character }: Position,
  older: OlderLog | null,
  isVsCode: boolean,
): Location[] {
  const first = log.ids.mailAt(line, character)?.own[0];
  if (first !== undefined) return [location(uri, first)];
  const root = causesWith(log, line, older).at(-1);
  const place = root === undefined ? null : lineInFile(root, older);
  if (root === undefined || place === null) return [];
  const range = rangeInLine(place, tellingSpan(root.text, root.read));
  if (!root.isOlder || older === null) return [{ uri, range }];
  return older.isCompressed && isVsCode ? [] : [{ uri: older.uri, range }];
}

/** On the part of a line that says what is wrong. */
export function isOnReason({ log }: LogFile, { line, character }: Position): boolean {
  const read = log.line(line);
  return mayHaveSetting(read) && contains(tellingSpan(log.lineText(line), read), character);
}

/** On a queue id: every line of that mail, and those that name it; the first of its lines is its declaration. */
export function logReferences(
  { uri, log }: LogFile,
  { line, character }: Position,
  includeDeclaration: boolean,
): Location[] {
  const mail = log.ids.mailAt(line, character);
  const places = mail?.all.filter((place) => includeDeclaration || place.line !== mail.own[0]?.line);
  return (places ?? []).map((place) => location(uri, place));
}

/** On a queue id: where it stands. On a time stamp: that one; without an answer VS Code would mark the month's name in every line. */
export function logHighlights({ log }: LogFile, { line, character }: Position): DocumentHighlight[] {
  const mail = log.ids.mailAt(line, character);
  const stamp = mail === null ? log.line(line).timeSpan : null;
  if (stamp !== null && contains(stamp, character)) {
    return [{ range: rangeInLine(line, stamp), kind: DocumentHighlightKind.Text }];
  }
  const first = mail?.own[0]?.line;
  return (mail?.all ?? []).map((place) => ({
    range: rangeInLine(place.line, place),
    kind: place.line === first ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}

function location(uri: string, place: IdPlace): Location {
  return { uri, range: rangeInLine(place.line, place) };
}
