import type { Span } from "../../text/span.ts";

/** A value as far as we read Python: literals; everything else is `other`. */
export type PythonValue =
  | { readonly kind: "string"; readonly span: Span; readonly value: string }
  | { readonly kind: "boolean"; readonly span: Span; readonly value: boolean }
  | { readonly kind: "number"; readonly span: Span; readonly value: number }
  | { readonly kind: "none"; readonly span: Span }
  | PythonSequence
  | { readonly kind: "other"; readonly span: Span };

export interface PythonSequence {
  readonly kind: "list" | "tuple";
  readonly span: Span;
  readonly items: readonly PythonValue[];
  /** Offset of the comma after the last item, null if there is none. */
  readonly trailingComma: number | null;
  /** False for a tuple written without parentheses. */
  readonly bracketed: boolean;
}

/** A top-level `NAME = value`. Those inside `if`, `def` and the like are reported as problems instead. */
export interface PythonAssignment {
  readonly name: string;
  readonly nameSpan: Span;
  /** `+=` extends what stands before. */
  readonly operator: "=" | "+=";
  readonly value: PythonValue;
  /** 1-based. */
  readonly line: number;
  /** The whole statement, from its name to the end of its value. */
  readonly span: Span;
}

/**
 * `unclosed-bracket`, `unclosed-string`, `unexpected-bracket`: the file is no valid Python, or none we read. `unclear-assignment`: the
 * name is set or changed in a way we do not follow (inside a block, by a method, together with others, by another `import *`).
 */
export interface PythonProblem {
  readonly kind: "unclosed-bracket" | "unclosed-string" | "unexpected-bracket" | "unclear-assignment";
  readonly span: Span;
  readonly line: number;
  /** The name concerned; null where any may be. */
  readonly name: string | null;
}

export interface PythonSettings {
  readonly text: string;
  readonly assignments: readonly PythonAssignment[];
  /** `from libs.default_settings import *`: what stands above it is overwritten by it. */
  readonly defaultsImport: Span | null;
  /** Values of names that hold passwords. */
  readonly secretSpans: readonly Span[];
  readonly problems: readonly PythonProblem[];
}
