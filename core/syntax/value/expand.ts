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

/** Leaves the recursion; never seen outside of `expand`. */
class ExpandFailure extends Error {
  readonly problem: ExpandProblem;

  constructor(kind: ExpandProblem["kind"], name: string | null) {
    super(kind);
    this.problem = { kind, name };
  }
}

const parsed = new Map<string, MacroText>();
const MOST_PARSED = 2000;
const LONGEST_KEPT = 2000;

/** Parsed once a text: the same few values are expanded over and over. */
function macrosOf(text: string): MacroText {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const macros = parseMacros(joinedText(text));
  if (parsed.size >= MOST_PARSED) parsed.clear();
  if (text.length <= LONGEST_KEPT) parsed.set(text, macros);
  return macros;
}

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

  const valueOf = (name: string): { readonly raw: string; readonly macros: MacroText } | null => {
    lookups += 1;
    if (lookups > MAX_LOOKUPS) throw new ExpandFailure("too-large", open.at(-1) ?? null);
    const raw = lookup(name);
    if (raw === null) {
      undefinedNames.add(name);
      return null;
    }
    return { raw, macros: macrosOf(raw) };
  };

  const expandNodes = (nodes: readonly MacroNode[], depth: number): string => {
    let result = "";
    for (const node of nodes) {
      result += expandNode(node, depth);
      if (result.length > MAX_TEXT) throw new ExpandFailure("too-large", open.at(-1) ?? null);
    }
    return result;
  };

  const expandNode = (node: MacroNode, depth: number): string => {
    if (node.kind === "text") return node.text;
    if (node.kind === "dollar") return "$";
    if (node.kind === "malformed") throw new ExpandFailure("syntax", open.at(-1) ?? null);
    if (depth > MAX_MACRO_NESTING) throw new ExpandFailure("nesting", open.at(-1) ?? null);
    if (node.kind === "comparison") {
      const left = expandNodes(node.left, depth + 1);
      const result = compareOperands(left, node.operator, node.level, expandNodes(node.right, depth + 1));
      if (result === null) throw new ExpandFailure("bad-comparison", open.at(-1) ?? null);
      if (node.whenTrue === null && node.whenFalse === null) return result ? "true" : "";
      return expandNodes((result ? node.whenTrue : node.whenFalse) ?? [], depth + 1);
    }
    // A domain of ASCII letters is the same in both forms; another one is left as it is written.
    if (node.kind === "function") return expandNodes(node.argument, depth + 1);
    const value = valueOf(node.name);
    if (node.kind === "conditional") {
      const isSet = value !== null && value.raw !== "";
      return expandNodes((isSet ? node.whenSet : node.whenEmpty) ?? [], depth + 1);
    }
    if (value === null) return "";
    if (open.includes(node.name)) throw new ExpandFailure("loop", node.name);
    open.push(node.name);
    const expanded = expandNodes(value.macros.nodes, depth + 1);
    open.pop();
    written += expanded.length;
    if (written > MAX_TEXT) throw new ExpandFailure("too-large", node.name);
    return expanded;
  };

  try {
    return { ok: true, text: expandNodes(macrosOf(text).nodes, 1), undefinedNames: [...undefinedNames] };
  } catch (failure) {
    if (failure instanceof ExpandFailure) return { ok: false, problem: failure.problem };
    throw failure;
  }
}

/** `text` so that it stands for itself where `$` forms are expanded. */
export function escapeDollars(text: string): string {
  return text.replaceAll("$", "$$$$");
}
