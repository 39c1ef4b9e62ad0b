import { counted } from "../../text/counted.ts";
import type { TableDocument } from "./context.ts";

/** How many lines of a table may answer, with what they are called: `14 keys`, `2 patterns`. */
export function keyCount({ kind, tree }: TableDocument): string {
  switch (kind) {
    case "indexed":
      return counted(tree.ruleCount, "key");
    case "pattern":
      return counted(tree.rules.filter((rule) => rule.kind === "pattern").length, "pattern");
    case "cidr":
      return counted(tree.rules.filter((rule) => rule.kind === "network").length, "network");
    default:
      return kind satisfies never;
  }
}
