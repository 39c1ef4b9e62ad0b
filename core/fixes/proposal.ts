import type { FixDeclaration } from "../catalogue/entry.ts";
import type { Safety } from "../catalogue/safety.ts";
import type { PolicyKnowledge } from "../model/admission/restriction-effect.ts";
import type { FieldValues, FixContext } from "./fix-context.ts";
import type { AfterStep, FileEdit, Question } from "./fix-offer.ts";

/** A declared fix for one line. */
export interface FixRequest {
  readonly declaration: FixDeclaration;
  readonly values: FieldValues;
  readonly context: FixContext;
}

/** What a purpose comes up with. Safety, cost, title and commands are completed from it, the same way for all. */
export type Proposal =
  | {
      readonly kind: "edit";
      readonly files: readonly FileEdit[];
      /** What changes in which file, in few words; follows the declared title. */
      readonly detail: string;
      readonly after: readonly AfterStep[];
      /** Plain text to add to the declared cost. */
      readonly cost?: string;
      /** When the purpose knows it is worse than declared. */
      readonly atLeast?: Safety;
      readonly policies?: { readonly before: PolicyKnowledge; readonly after: PolicyKnowledge };
    }
  | { readonly kind: "ask"; readonly question: Question }
  | {
      readonly kind: "lines";
      readonly fileName: string;
      readonly text: string;
      readonly reason: string;
      readonly after: readonly AfterStep[];
      readonly commands: readonly string[];
    }
  | {
      readonly kind: "commands";
      /** Tells several offers of one fix apart in their ids. */
      readonly variant: string;
      readonly detail: string;
      readonly commands: readonly string[];
    }
  | { readonly kind: "withheld"; readonly reason: string };

export type Purpose = (request: FixRequest) => Promise<readonly Proposal[]> | readonly Proposal[];

export function withheld(reason: string): readonly Proposal[] {
  return [{ kind: "withheld", reason }];
}
