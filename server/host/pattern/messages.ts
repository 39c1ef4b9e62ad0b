import type { PatternCapture, PatternFault } from "@postmaster/core/model/pattern-matcher.ts";

/** One question for the engine, in its own flags. */
export interface EngineRequest {
  readonly pattern: string;
  /** Any of `m`, `s`, `i`, `x`. */
  readonly flags: string;
  /** Null: the pattern is only to be compiled. */
  readonly subject: string | null;
}

/** What the worker says: that it can be asked, or an answer to the one question it was asked. */
export type WorkerMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "answer"; readonly answer: PatternCapture }
  | { readonly kind: "compiled"; readonly fault: PatternFault | null };
