import type { EditOffer } from "../fixes/fix-offer.ts";
import type { SourceFile } from "../io/file-port.ts";
import { withTexts } from "../model/assemble.ts";
import type { MailServer } from "../model/mail-server.ts";
import { applyEdits, type TextEdit } from "../text/text-edit.ts";
import type { RuleFinding } from "./rule.ts";

/** Fixes of one file that fit together: no two of them touch. */
export interface FittingFixes {
  readonly offers: readonly EditOffer[];
  readonly edits: readonly TextEdit[];
}

/** As many of the safe fixes for what was found as change different places of this file and nothing else, the first of each finding. */
export function fittingSafeFixes(findings: readonly RuleFinding[], path: string): FittingFixes {
  const edits: TextEdit[] = [];
  const offers = findings.flatMap(({ fixes }) => {
    const offer = fixes.find((fix) => fix.kind === "edit" && fix.safety === "safe");
    if (offer?.kind !== "edit" || offer.files.some(({ file }) => file.path !== path)) return [];
    const own = offer.files.flatMap((file) => file.edits);
    if (own.some((edit) => edits.some((other) => touch(edit, other)))) return [];
    edits.push(...own);
    return [offer];
  });
  return { offers, edits };
}

function touch(a: TextEdit, b: TextEdit): boolean {
  return a.span.start <= b.span.end && b.span.start <= a.span.end;
}

/** Fixes that touch each other take several rounds; more than this means that two of them undo each other. */
const MOST_ROUNDS = 20;

/**
 * The edits after which no safe fix is left in a file: mend, check again, until nothing is found that can be mended so. Offsets in
 * `file.text`. Several rounds make one edit, over all that has changed.
 */
export function allSafeEdits(
  server: MailServer,
  file: SourceFile,
  check: (server: MailServer) => readonly RuleFinding[],
): readonly TextEdit[] {
  let { text } = file;
  let first: readonly TextEdit[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const now = round === 0 ? server : withTexts(server, new Map([[file.path, text]]));
    const { edits } = fittingSafeFixes(check(now), file.path);
    if (edits.length === 0) return round <= 1 ? first : [difference(file.text, text)];
    if (round === 0) first = edits;
    text = applyEdits(text, edits);
  }
  return [difference(file.text, text)];
}

/** One edit over what lies between the same beginning and the same end. */
function difference(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { span: { start: head, end: before.length - tail }, newText: after.slice(head, after.length - tail) };
}
