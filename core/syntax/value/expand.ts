import { lately } from "../../memory/remember.ts";
import { joinedText } from "../lines/joined-text.ts";
import { compareOperands } from "./compare-macro.ts";
import { type MacroNode, type MacroText, parseMacros } from "./macro.ts";
import { MAX_MACRO_NESTING } from "./macro-reader.ts";

/**
 * Why a text could not be expanded; Postfix's programs exit in the first four cases. `name` is the parameter whose value is wrong,
 * null for the text itself. `too-large`: more than a million code units or ten thousand lookups, which Postfix would try.
 */
export interface ExpandProblem {
  readonly kind: "syntax" | "nesting" | "loop" | "bad-comparison" | "too-large";
  readonly name: string | null;
}

export type Expanded =
  | {
      readonly ok: true;
      readonly text: string;
      /** Names that `lookup` did not know, each once: they expand to nothing. */
      readonly undefinedNames: readonly string[];
    }
  | { readonly ok: false; readonly problem: ExpandProblem };

const MAX_TEXT = 1_000_000;
const MAX_LOOKUPS = 10_000;

/** The `$name` forms of a text by itself: the same few values are expanded over and over. Spans count from its start. */
export const macrosOf = lately((text): MacroText => parseMacros(joinedText(text)));

/**
 * Expand `$name` and the conditional forms, recursively, at most 100 levels deep as Postfix does. Only the branch taken is
 * evaluated, so a syntax error in the other one does no harm.
 * `lookup` returns a parameter's own unexpanded value, null if undefined. Never throws unless `lookup` does; always ends.
 */
export function expand(text: string, lookup: (name: string) => string | null): Expanded {
  // Most values are plain, and all of a configuration are expanded after each keystroke.
  if (!text.includes("$")) return { ok: true, text, undefinedNames: [] };
  const undefinedNames = new Set<string>();
  const open: string[] = [];
  let lookups = 0;
  let written = 0;
  let problem: ExpandProblem | null = null;

  /** Ends the expansion. Not by throwing: an error costs more than most expansions, and a wrong value is expanded by every rule. */
  const fail = (kind: ExpandProblem["kind"], name: string | null = open.at(-1) ?? null): null => {
    problem ??= { kind, name };
    return null;
  };

  const expandNodes = (nodes: readonly MacroNode[], depth: number): string | null => {
    let result = "";
    for (const node of nodes) {
      const part = expandNode(node, depth);
      if (part === null) return null;
      result += part;
      if (result.length > MAX_TEXT) return fail("too-large");
    }
    return result;
  };

  const expandNode = (node: MacroNode, depth: number): string | null => {
    if (node.kind === "text") return node.text;
    if (node.kind === "dollar") return "$";
    if (node.kind === "malformed") return fail("syntax");
    if (depth > MAX_MACRO_NESTING) return fail("nesting");
    if (node.kind === "comparison") {
      const left = expandNodes(node.left, depth + 1);
      const right = left === null ? null : expandNodes(node.right, depth + 1);
      if (left === null || right === null) return null;
      const result = compareOperands(left, node.operator, node.level, right);
      if (result === null) return fail("bad-comparison");
      if (node.whenTrue === null && node.whenFalse === null) return result ? "true" : "";
      return expandNodes((result ? node.whenTrue : node.whenFalse) ?? [], depth + 1);
    }
    // A domain of ASCII letters is the same in both forms; another one is left as it is written.
    if (node.kind === "function") return expandNodes(node.argument, depth + 1);
    lookups += 1;
    if (lookups > MAX_LOOKUPS) return fail("too-large");
    const raw = lookup(node.name);
    if (raw === null) undefinedNames.add(node.name);
    if (node.kind === "conditional") {
      const isSet = raw !== null && raw !== "";
      return expandNodes((isSet ? node.whenSet : node.whenEmpty) ?? [], depth + 1);
    }
    if (raw === null) return "";
    if (open.includes(node.name)) return fail("loop", node.name);
    open.push(node.name);
    const expanded = expandNodes(macrosOf(raw).nodes, depth + 1);
    if (expanded === null) return null;
    open.pop();
    written += expanded.length;
    return written > MAX_TEXT ? fail("too-large", node.name) : expanded;
  };

  const expanded = expandNodes(macrosOf(text).nodes, 1);
  if (problem !== null) return { ok: false, problem };
  return { ok: true, text: expanded ?? "", undefinedNames: [...undefinedNames] };
}

/** `text` so that it stands for itself where `$` forms are expanded. */
export function escapeDollars(text: string): string {
  return text.replaceAll("$", "$$$$");
}
