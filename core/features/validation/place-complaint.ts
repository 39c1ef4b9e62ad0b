import type { SourceFile } from "../../io/file-port.ts";
import type { MailServer } from "../../model/mail-server.ts";
import type { RuleFinding } from "../../rules/rule.ts";
import { isSpaceCode } from "../../text/ascii.ts";
import { indexLines } from "../../text/line-index.ts";
import { type Span, span } from "../../text/span.ts";
import type { PostfixComplaint } from "./postfix-complaint.ts";

/** A complaint of Postfix at its place. */
export interface PlacedComplaint {
  readonly complaint: PostfixComplaint;
  /** The file of the configuration it is about; main.cf where Postfix names none. */
  readonly file: SourceFile;
  /** UTF-16 offsets in the file's text. */
  readonly span: Span;
  /** The rule that finds the same; null: Postfix alone says so. */
  readonly ruleId: string | null;
}

/** Finds the places of complaints, each once. Complaints about files that are no part of the configuration stand at the top of main.cf. */
export function placeComplaints(
  complaints: readonly PostfixComplaint[],
  server: MailServer,
  findings: readonly RuleFinding[],
): readonly PlacedComplaint[] {
  const files = new Map<string, SourceFile>();
  for (const file of [server.main.file, server.master?.file ?? null]) if (file !== null) files.set(file.path, file);
  for (const { content } of server.tables.values()) if ("file" in content) files.set(content.file.path, content.file);

  const placed = new Map<string, PlacedComplaint>();
  for (const complaint of complaints) {
    const named = complaint.path === null ? undefined : files.get(complaint.path);
    const file = named ?? server.main.file;
    const same = findings.find((one) => one.postfix === complaint.text && one.file.path === file.path);
    const place = same?.span ?? (named === undefined ? span(0, 0) : placeIn(named, complaint, server));
    placed.set(`${file.path}\n${place.start}\n${complaint.text}`, {
      complaint,
      file,
      span: place,
      ruleId: same?.ruleId ?? null,
    });
  }
  return [...placed.values()];
}

function placeIn(file: SourceFile, { line, text }: PostfixComplaint, server: MailServer): Span {
  if (line !== null) return lineSpan(file.text, line);
  if (file.path !== server.main.file.path) return span(0, 0);
  const words = new Set(text.split(/[\s:=,"<>]+/));
  return server.main.tree.definitions.find(({ name }) => words.has(name))?.nameSpan ?? span(0, 0);
}

/** The text of a line, without what is blank at its ends. */
function lineSpan(text: string, line: number): Span {
  const index = indexLines(text);
  let start = index.lineStart(line - 1);
  let end = index.lineEnd(line - 1);
  while (end > start && isSpaceCode(text.charCodeAt(end - 1))) end -= 1;
  while (start < end && isSpaceCode(text.charCodeAt(start))) start += 1;
  return span(start, end);
}
