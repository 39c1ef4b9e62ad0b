import type { EditOffer } from "../fixes/fix-offer.ts";
import type { MailServer } from "../model/mail-server.ts";
import { documentSpan } from "../syntax/lines/joined-text.ts";
import { isSpaceCode, skipSpace, trimmedEnd } from "../text/ascii.ts";
import type { Span } from "../text/span.ts";
import type { Assignment } from "./assignments.ts";
import { editOffer, type RuleFix } from "./edit-offer.ts";

/** Where in a value of main.cf a remark seems to begin: a `#` with white space or nothing before it, and something behind it. Null: nowhere. */
export function remarkStart(value: string): number | null {
  const at = wordWithMark(value);
  return at === null || at + 1 === value.length ? null : at;
}

/** Where the first word that begins with `#` stands, though it be nothing but that: what postconf(1) takes for a remark. */
export function wordWithMark(value: string): number | null {
  for (let at = value.indexOf("#"); at !== -1; at = value.indexOf("#", at + 1)) {
    if (at === 0 || isSpaceCode(value.charCodeAt(at - 1))) return at;
  }
  return null;
}

/** From this release on postconf(1) says it of every parameter. */
export const SAID_SINCE = "3.8";
const LONGEST = 20;

/** What postconf(1) says of a remark that begins at `from`, in a release that says it. */
export function wordsOnRemark(value: string, from: number): string {
  let end = from;
  while (end < value.length && !isSpaceCode(value.charCodeAt(end))) end += 1;
  const behind = value.slice(skipSpace(value, end));
  return `#comment after other text is not allowed: ${value.slice(from, end)} ${behind.slice(0, LONGEST)}...`;
}

/** The place of the remark in the file. */
export function remarkSpan({ valueText }: Assignment, from: number): Span {
  return documentSpan(valueText, from, valueText.text.length);
}

/**
 * Puts a remark on a line of its own, above the definition. Only where the value is one line: of several it is not known where the remark
 * ends. To be reviewed: the value becomes another one.
 */
export function moveRemark(
  server: MailServer,
  { file, service, valueText }: Assignment,
  from: number,
  { id, cost }: Pick<RuleFix, "id" | "cost">,
): readonly EditOffer[] {
  // A `#` that is all there is may well be meant.
  if (service !== null || valueText.pieces.length !== 1 || from + 1 === valueText.text.length) return [];
  const remark = documentSpan(valueText, from, valueText.text.length);
  const definition = server.main.tree.definitions.find(
    ({ span }) => span.start < remark.start && remark.end <= span.end,
  );
  if (definition === undefined) return [];
  const start = remark.start - (from - trimmedEnd(valueText.text, 0, from));
  const at = definition.span.start;
  const fix = {
    id,
    title: "Put the remark on a line of its own in main.cf",
    safety: "review",
    cost,
    reload: true,
  } as const;
  const edits = [
    { span: { start: at, end: at }, newText: `${valueText.text.slice(from)}\n` },
    { span: { start, end: remark.end }, newText: "" },
  ];
  return [editOffer(server, fix, file, edits)];
}

/** For a value that a program refuses, perhaps only because of the remark behind it. */
export function remarkFixes(server: MailServer, ruleId: string, assignment: Assignment): readonly EditOffer[] {
  const from = remarkStart(assignment.value);
  if (from === null) return [];
  const cost = "The programs that read it start again, with the value before the remark.";
  return moveRemark(server, assignment, from, { id: `${ruleId}/move-remark`, cost });
}
