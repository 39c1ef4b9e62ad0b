import type { Span } from "../../text/span.ts";

export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">=" | ">";

/** `text` and `dollar` (`$$`) stand for themselves; `malformed` ends the program that evaluates it. All spans are document spans. */
export type MacroNode =
  | { readonly kind: "text"; readonly span: Span; readonly text: string }
  | { readonly kind: "dollar"; readonly span: Span }
  | { readonly kind: "malformed"; readonly span: Span; readonly text: string }
  | { readonly kind: "reference"; readonly span: Span; readonly name: string; readonly nameSpan: Span }
  | ConditionalMacro
  | ComparisonMacro
  | FunctionMacro;

/** `${name?text}`, `${name:text}`, `${name?{text}:{text}}`. */
export interface ConditionalMacro {
  readonly kind: "conditional";
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  /** Used when the name's value, unexpanded, is non-empty; null for `${name:text}`. */
  readonly whenSet: readonly MacroNode[] | null;
  /** Used when the value is empty or undefined; null for `${name?text}`. */
  readonly whenEmpty: readonly MacroNode[] | null;
}

/** `${{left} == {right} ? {text} : {text}}`. */
export interface ComparisonMacro {
  readonly kind: "comparison";
  readonly span: Span;
  readonly left: readonly MacroNode[];
  readonly operator: ComparisonOperator;
  /** `==level` and its like compare compatibility levels (Postfix 3.6). */
  readonly level: boolean;
  readonly right: readonly MacroNode[];
  /** Both null without `?` and `:`: the result is then `true` or nothing. */
  readonly whenTrue: readonly MacroNode[] | null;
  readonly whenFalse: readonly MacroNode[] | null;
}

/** `${domain_to_ascii{text}}`, from Postfix 3.11 on. */
export interface FunctionMacro {
  readonly kind: "function";
  readonly span: Span;
  readonly name: string;
  readonly argument: readonly MacroNode[];
}

/**
 * The words of Postfix's own messages, see mac_expand(3) and mac_parse(3). `nesting`: braces nested deeper than Postfix evaluates.
 * `function`: none from 3.11 on, `name-syntax` to the releases before.
 */
export type MacroProblemKind =
  | "truncated"
  | "empty-name"
  | "name-syntax"
  | "function"
  | "unbalanced"
  | "operator-expected"
  | "operand-expected"
  | "question-expected"
  | "colon-expected"
  | "bad-suffix"
  | "text-after-expression"
  | "nesting";

export interface MacroProblem {
  readonly kind: MacroProblemKind;
  readonly span: Span;
}
