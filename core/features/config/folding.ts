import type { LineTree, PhysicalLine } from "../../syntax/lines/logical-lines.ts";
import type { ConfigDocument } from "./context.ts";

/** Lines that can be shown as one; zero-based, both included. */
export interface Fold {
  readonly from: number;
  readonly to: number;
  readonly kind: "comment" | "region";
}

/** A long table folds nothing but its blocks; editors keep so many folds at most. */
const MOST = 5000;

/** Entries on several lines (services with their options among them), blocks of comments, and `if` … `endif` of tables. */
export function folds(document: ConfigDocument): readonly Fold[] {
  const found = [...entries(document.tree.lines), ...comments(document.tree.lines), ...blocks(document)];
  return found
    .filter(({ from, to }) => to > from)
    .toSorted((a, b) => a.from - b.from || b.to - a.to)
    .slice(0, MOST);
}

function entries({ nodes }: LineTree): readonly Fold[] {
  return nodes.flatMap((node): readonly Fold[] => {
    if (node.kind !== "logical") return [];
    const last = node.line.lines.at(-1);
    return last === undefined ? [] : [{ from: node.line.number - 1, to: last.number - 1, kind: "region" }];
  });
}

/** Two or more comment lines without anything between them, those inside an entry too. */
function comments({ nodes }: LineTree): readonly Fold[] {
  const found: Fold[] = [];
  let first: PhysicalLine | null = null;
  let last: PhysicalLine | null = null;
  const close = (): void => {
    if (first !== null && last !== null) found.push({ from: first.number - 1, to: last.number - 1, kind: "comment" });
    first = null;
    last = null;
  };
  for (const node of nodes) {
    for (const line of node.kind === "logical" ? node.line.lines : [node.line]) {
      if (line.kind !== "comment") {
        close();
        continue;
      }
      first ??= line;
      last = line;
    }
  }
  close();
  return found;
}

function blocks(document: ConfigDocument): readonly Fold[] {
  if (document.kind !== "pattern" && document.kind !== "cidr") return [];
  const rules: readonly { readonly kind: string; readonly line: number; readonly enclosingIf: number | null }[] =
    document.tree.rules;
  return rules.flatMap((rule): readonly Fold[] => {
    const opening = rule.kind === "endif" && rule.enclosingIf !== null ? rules[rule.enclosingIf] : undefined;
    return opening === undefined ? [] : [{ from: opening.line - 1, to: rule.line - 1, kind: "region" }];
  });
}
