import facts from "../generated/status-codes.json" with { type: "json" };
import { factRows, factText } from "./fact-row.ts";

/** The parts of a delivery line that want explaining; `a` to `d` are the four numbers of `delays=a/b/c/d`, in seconds. */
export const LOG_TERMS = ["a", "b", "c", "d", "queue id", "conn_use", "status"] as const;
export type LogTerm = (typeof LOG_TERMS)[number];

const descriptions = new Map(
  factRows(facts.logTerms).map((row) => [factText(row, "key") ?? "", factText(row, "description") ?? ""]),
);

/** What a part of a delivery line says, as Markdown. */
export function logTermDescription(term: LogTerm): string {
  return descriptions.get(term) ?? "";
}
