import facts from "../../generated/restrictions.json" with { type: "json" };
import { lowerAscii } from "../../text/ascii.ts";

/** What follows a restriction's name: a table, a domain (rbl), a policy server, a number. */
export type RestrictionArgumentKind = "table" | "domain" | "policy-server" | "number";

/** As much of a fact row as is needed here; `argument` is the notation of the reference, such as `type:table`. */
interface RestrictionRow {
  readonly name: string;
  readonly argument: string | null;
  readonly aliases?: readonly { readonly name: string }[];
}

function kindOf(argument: string | null): RestrictionArgumentKind | null {
  if (argument === null) return null;
  if (argument.startsWith("type:table")) return "table";
  if (argument.startsWith("transport:server")) return "policy-server";
  return argument.startsWith("seconds") ? "number" : "domain";
}

const rows: readonly RestrictionRow[] = facts.restrictions;

const ARGUMENTS: ReadonlyMap<string, RestrictionArgumentKind | null> = new Map(
  rows.flatMap((row) =>
    [row.name, ...(row.aliases ?? []).map(({ name }) => name)].map((name) => [name, kindOf(row.argument)]),
  ),
);

/** The argument a restriction takes: a kind, null for none, undefined if Postfix has no such restriction. Case ignored. */
export function restrictionArgument(name: string): RestrictionArgumentKind | null | undefined {
  return ARGUMENTS.get(lowerAscii(name));
}
