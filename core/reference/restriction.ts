import facts from "../generated/restrictions.json" with { type: "json" };
import {
  type FactRow,
  factFlag,
  factRow,
  factRows,
  factSince,
  factText,
  factTextMap,
  factTexts,
  factWord,
} from "./fact-row.ts";
import { postconfUrl } from "./manual-url.ts";

const RESTRICTION_KINDS = ["check", "permit", "reject", "defer", "pseudo", "removed"] as const;
export type RestrictionKind = (typeof RESTRICTION_KINDS)[number];

/** What must be known of a session before a restriction can say anything; `any`: nothing. */
const RESTRICTION_NEEDS = ["any", "client", "helo", "sender", "recipient", "etrn"] as const;
export type RestrictionNeeds = (typeof RESTRICTION_NEEDS)[number];

/** A parameter that holds a list of restrictions. */
export interface RestrictionList {
  readonly parameter: string;
  /** When smtpd walks it, in words. */
  readonly stage: string;
  /** The restriction that a `type:table` without a word before it stands for; null where that is an error. */
  readonly bareTableMeans: string | null;
}

/** A word of the `smtpd_*_restrictions` lists. */
export interface Restriction {
  readonly name: string;
  /** It stands in the lists of at least two of the configurations that distributions and mail suites install (`test/stock`). */
  readonly usual: boolean;
  /** Older names that mean the same. */
  readonly aliases: readonly string[];
  readonly kind: RestrictionKind;
  /** The form of its argument; null if it takes none. */
  readonly argument: string | null;
  readonly needs: RestrictionNeeds;
  /** Whether it may stand in every list. */
  readonly generic: boolean;
  /** The lists in which it can decide anything, with `smtpd_delay_reject = yes`. */
  readonly effectiveIn: readonly string[];
  /** The same with `smtpd_delay_reject = no`. */
  readonly effectiveInUndelayed: readonly string[];
  /** Whether the table it consults may answer OK. */
  readonly canPermit: boolean;
  /** It ends every list: what stands behind it is never reached. */
  readonly terminates: boolean;
  /** The code it rejects with: digits, or the parameter that holds them. */
  readonly replyCode: string | null;
  readonly dsn: string | null;
  /** Parameters that must be set for it to work, with the value. */
  readonly requires: ReadonlyMap<string, string>;
  /** The restrictions it is short for. */
  readonly expandsTo: readonly string[];
  readonly since: string | null;
  readonly removed: RestrictionGone | null;
  readonly deprecated: RestrictionGone | null;
  /** Markdown. */
  readonly description: string;
  readonly manualUrl: string | null;
}

export interface RestrictionGone {
  /** First release without it; null while it is only deprecated. */
  readonly removedIn: string | null;
  readonly warnedSince: string;
  /** What to write instead, in words of main.cf. */
  readonly replacement: string;
}

export const restrictionLists: readonly RestrictionList[] = factRows(facts.lists).map((row) => ({
  parameter: factText(row, "parameter") ?? "",
  stage: factText(row, "stage") ?? "",
  bareTableMeans: factText(row, "bare_table_means"),
}));

/** Ordered by name. */
export const restrictions: readonly Restriction[] = factRows(facts.restrictions).map(toRestriction);

const byName = new Map(
  restrictions.flatMap((restriction) => [restriction.name, ...restriction.aliases].map((name) => [name, restriction])),
);

/** The restriction of a name or of an older name for it, in any case of letters, as smtpd compares them; null for other words. */
export function restrictionByName(name: string): Restriction | null {
  return byName.get(name.toLowerCase()) ?? null;
}

export function restrictionListOf(parameter: string): RestrictionList | null {
  return restrictionLists.find((list) => list.parameter === parameter) ?? null;
}

function toRestriction(row: FactRow): Restriction {
  const name = factText(row, "name") ?? "";
  const effectiveIn = factTexts(row, "effective_in");
  const undelayed = factTexts(row, "effective_in_when_smtpd_delay_reject_no");
  return {
    name,
    usual: factFlag(row, "usual"),
    aliases: factRows(row["aliases"]).flatMap((alias) => factText(alias, "name") ?? []),
    kind: factWord(row, "kind", RESTRICTION_KINDS),
    argument: factText(row, "argument"),
    needs: factWord(row, "needs", RESTRICTION_NEEDS),
    generic: factFlag(row, "generic"),
    effectiveIn,
    effectiveInUndelayed: undelayed.length === 0 ? effectiveIn : undelayed,
    canPermit: factFlag(row, "can_permit"),
    terminates: factFlag(row, "terminates"),
    replyCode: factText(row, "reply_code"),
    dsn: factText(row, "dsn"),
    requires: factTextMap(row, "requires"),
    expandsTo: factTexts(row, "expands_to"),
    since: factSince(row),
    removed: toGone(row["removed"]),
    deprecated: toGone(row["deprecated"]),
    description: factText(row, "description") ?? "",
    manualUrl: factText(row, "documented_under") === null ? null : postconfUrl(name),
  };
}

function toGone(value: unknown): RestrictionGone | null {
  const row = factRow(value);
  const warnedSince = factText(row, "warned_since");
  if (warnedSince === null) return null;
  return { removedIn: factText(row, "in"), warnedSince, replacement: factText(row, "replacement") ?? "" };
}
