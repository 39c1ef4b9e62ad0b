import assert from "node:assert/strict";
import type { EditResult } from "@postmaster/core/text/edit-result.ts";
import { applyEdits } from "@postmaster/core/text/text-edit.ts";

/** The text after an edit that must not be refused. */
export function apply(text: string, result: EditResult): string {
  if (!result.ok) assert.fail(`refused: ${result.reason}`);
  return applyEdits(text, result.edits);
}

/** The reason an edit was refused for; fails if it was not. */
export function reasonOf(result: EditResult): string {
  if (result.ok) assert.fail(`not refused: ${JSON.stringify(result.edits)}`);
  return result.reason;
}

/** `items[index]`, which must be there. */
export function at<T>(items: readonly T[], index: number): T {
  const item = items.at(index);
  if (item === undefined) assert.fail(`no item ${index} of ${items.length}`);
  return item;
}
