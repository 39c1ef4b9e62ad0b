/** Why Postfix skips a rule: its own words for it. */
export interface RuleFault {
  /** UTF-16 offset in the pattern; null: not known. */
  readonly offset: number | null;
  readonly words: string;
}
