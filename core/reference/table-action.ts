import facts from "../generated/restrictions.json" with { type: "json" };
import { type FactRow, factRows, factSince, factText, factTexts } from "./fact-row.ts";
import { manualPageUrl } from "./manual-url.ts";

/** What the right-hand side of an access table or of a header or body check may say. */
export interface TableAction {
  /** In capitals; forms that are no single word stand as `4NN | 5NN`, `<all digits>`, `<restriction, ...>`. */
  readonly name: string;
  /** The form of what follows it; null if nothing does. */
  readonly argument: string | null;
  /** What it does in a few words; null where only the description says it. */
  readonly effect: string | null;
  /** The parameters whose tables may use it; empty for access actions, which every access table may use. */
  readonly validIn: readonly string[];
  readonly since: string | null;
  /** Markdown. */
  readonly description: string;
  readonly manualUrl: string;
}

export const accessActions: readonly TableAction[] = factRows(facts.accessActions).map((row) =>
  toAction(row, manualPageUrl("access.5")),
);

export const headerBodyChecksActions: readonly TableAction[] = factRows(facts.headerBodyChecksActions).map((row) =>
  toAction(row, manualPageUrl("header_checks.5")),
);

/**
 * The access(5) action of a first word, in any case of letters: `554` is a reply code, other digits mean OK; null for what is no
 * action (then it is a restriction or a restriction class).
 * @param hasText whether anything follows the word: a bare `554` is "all digits" and permits
 */
export function accessActionByWord(word: string, hasText: boolean): TableAction | null {
  if (isDigits(word)) {
    const isCode = word.length === 3 && (word.startsWith("4") || word.startsWith("5"));
    return named(accessActions, isCode && hasText ? "4NN | 5NN" : "<all digits>");
  }
  return named(accessActions, word.toUpperCase());
}

/** The header_checks(5) action of a first word, in any case of letters; null for what is no action. */
export function headerBodyChecksActionByWord(word: string): TableAction | null {
  return named(headerBodyChecksActions, word.toUpperCase());
}

function named(actions: readonly TableAction[], name: string): TableAction | null {
  return actions.find((action) => action.name === name) ?? null;
}

function isDigits(word: string): boolean {
  if (word === "") return false;
  for (const character of word) if (character < "0" || character > "9") return false;
  return true;
}

function toAction(row: FactRow, manualUrl: string): TableAction {
  return {
    name: factText(row, "name") ?? "",
    argument: factText(row, "argument"),
    effect: factText(row, "effect"),
    validIn: factTexts(row, "valid_in").flatMap((group) => group.split(" ")),
    since: factSince(row),
    description: factText(row, "description") ?? "",
    manualUrl,
  };
}
