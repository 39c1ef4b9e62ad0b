import { parameterByName } from "../../reference/parameter.ts";
import { restrictionByName } from "../../reference/restriction.ts";
import type { Span } from "../../text/span.ts";
import type { ConfigContext } from "./context.ts";
import type { SymbolAt } from "./symbol.ts";
import { symbolsInFile } from "./symbols-in-file.ts";
import { masterValues } from "./written-values.ts";

/** A table of that many rows is a list of addresses. */
const MOST_ROWS = 20_000;

/** A name in a configuration file, and what it is: what a grammar cannot know. */
export interface ConfigToken {
  readonly span: Span;
  /** `parameter`: Postfix has it. `own`: the configuration's own, or a mistake. */
  readonly kind: "parameter" | "own" | "restriction" | "service";
  readonly isDeprecated: boolean;
  readonly isDefinition: boolean;
}

/** The names of a file in order; none lies within another. */
export function configTokens({ document, server }: ConfigContext): readonly ConfigToken[] {
  if ("rules" in document.tree && rowCount(document.tree) > MOST_ROWS) return [];
  // An `-o` sets its parameter, as a line of main.cf does.
  const set = new Set(document.kind === "master" ? masterValues(server).map(({ nameSpan }) => nameSpan.start) : []);
  const found = symbolsInFile(server, document)
    .flatMap((one) => toToken(one) ?? [])
    .map((token) => (set.has(token.span.start) ? { ...token, isDefinition: true } : token));
  const ordered = found.toSorted((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  let done = -1;
  return ordered.filter(({ span }) => {
    const isFree = span.start >= done;
    if (isFree) done = span.end;
    return isFree;
  });
}

function rowCount(tree: { readonly rules: readonly unknown[] } | { readonly ruleCount: number }): number {
  return "ruleCount" in tree ? tree.ruleCount : tree.rules.length;
}

function toToken({ symbol, span, isDefinition }: SymbolAt): ConfigToken | null {
  switch (symbol.kind) {
    case "parameter": {
      const parameter = parameterByName(symbol.name);
      const isDeprecated = parameter !== null && (parameter.deprecated !== null || parameter.class === "removed");
      return { span, kind: parameter === null ? "own" : "parameter", isDeprecated, isDefinition };
    }
    case "restriction": {
      const restriction = restrictionByName(symbol.name);
      const isDeprecated = restriction !== null && (restriction.deprecated !== null || restriction.removed !== null);
      return { span, kind: "restriction", isDeprecated, isDefinition: false };
    }
    case "service":
      return { span, kind: "service", isDeprecated: false, isDefinition };
    case "table":
    case "table-type":
      return null;
    default:
      return symbol.kind satisfies never;
  }
}
