import { readdir, readFile } from "node:fs/promises";
import { inRoot } from "../../../scripts/lib/paths.ts";

/** What the analyser said of a pattern, and the text it would attack it with. */
export interface Verdict {
  readonly verdict: "safe" | "vulnerable" | "unknown";
  readonly growth?: string;
  readonly attack?: {
    readonly pumps: readonly { readonly prefix: string; readonly pump: string }[];
    readonly suffix: string;
  };
}

/** Written by `npm run redos`. */
export const LEDGER_PATH = "test/grammar/redos/ledger.json";

const PATTERN_KEYS = new Set(["match", "begin", "end", "while"]);

/** Every regular expression of our grammars, each once, in order. */
export async function grammarPatterns(): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const name of await readdir(inRoot("syntaxes"))) {
    const grammar: unknown = JSON.parse(await readFile(inRoot("syntaxes", name), "utf8"));
    collect(grammar, found);
  }
  return [...found].sort();
}

function collect(value: unknown, into: Set<string>): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (PATTERN_KEYS.has(key) && typeof child === "string") into.add(child);
    else collect(child, into);
  }
}
