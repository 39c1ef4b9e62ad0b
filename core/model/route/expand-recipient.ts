import type { LookupContext } from "../lookup/look-up.ts";
import type { Decision, Undecided } from "./decision.ts";
import { mapAddress } from "./map-address.ts";
import type { RewriteSettings } from "./rewrite-address.ts";

/** One address became others. */
export interface Expansion {
  readonly from: string;
  readonly to: readonly string[];
  readonly decision: Decision;
}

/** Why cleanup(8) does not take the mail, or why it cannot be told. */
export type ExpansionEnd =
  | {
      readonly kind: "too-many" | "too-deep";
      readonly parameter: string;
      readonly address: string;
      readonly limit: number;
    }
  | Undecided;

/** What became of an address, with every step on the way. */
export interface Expanded {
  readonly steps: readonly Expansion[];
  /** Final addresses, each once, in the order in which cleanup(8) finds them. */
  readonly addresses: readonly string[];
  /** Null if all went well. */
  readonly end: ExpansionEnd | null;
}

/** A canonical address is mapped again until it stays as it is; cleanup(8) stops after so many turns. */
const MOST_CANONICAL_TURNS = 1000;

/** Rewrites an address through a canonical table. */
export async function applyCanonical(
  context: LookupContext,
  parameter: string,
  address: string,
  settings: RewriteSettings,
): Promise<Expanded> {
  const steps: Expansion[] = [];
  const seen = new Set<string>();
  let now = address;
  for (;;) {
    const mapped = await mapAddress(context, parameter, now, settings);
    if (mapped.kind === "failed" || mapped.kind === "unknown") return { steps, addresses: [now], end: mapped };
    const [next] = mapped.kind === "mapped" ? mapped.addresses : [];
    if (mapped.kind !== "mapped" || next === undefined) return { steps, addresses: [now], end: null };
    if (next !== now) steps.push({ from: now, to: [next], decision: mapped.decision });
    if (next.toLowerCase() === now.toLowerCase()) return { steps, addresses: [next], end: null };
    // A circle never ends, and extensions that grow need not close one.
    if (seen.has(next) || steps.length >= MOST_CANONICAL_TURNS) {
      return { steps, addresses: [now], end: { kind: "too-deep", parameter, address, limit: MOST_CANONICAL_TURNS } };
    }
    seen.add(next);
    now = next;
  }
}

export interface AliasLimits {
  /** virtual_alias_expansion_limit */
  readonly expansion: number;
  /** virtual_alias_recursion_limit */
  readonly recursion: number;
}

/** Expands an address through virtual_alias_maps as cleanup(8) does: every result is looked up again, but none twice. */
export async function expandAliases(
  context: LookupContext,
  address: string,
  limits: AliasLimits,
  settings: RewriteSettings,
): Promise<Expanded> {
  const parameter = "virtual_alias_maps";
  const steps: Expansion[] = [];
  const addresses = [address];
  /** An address may expand to itself once: that is how a copy is kept. Any other circle goes on until the limit. */
  const toThemselves = new Set<string>();
  const shown = new Set<string>();
  for (let index = 0; index < addresses.length; index += 1) {
    for (let turn = 0; ; turn += 1) {
      if (addresses.length > limits.expansion) {
        return { steps, addresses: [address], end: { kind: "too-many", parameter, address, limit: limits.expansion } };
      }
      const now = addresses[index] ?? "";
      if (toThemselves.has(now.toLowerCase())) break;
      if (turn >= limits.recursion) {
        return { steps, addresses: [address], end: { kind: "too-deep", parameter, address, limit: limits.recursion } };
      }
      const mapped = await mapAddress(context, parameter, now, settings);
      if (mapped.kind === "failed" || mapped.kind === "unknown") return { steps, addresses, end: mapped };
      const [first, ...others] = mapped.kind === "mapped" ? mapped.addresses : [];
      if (mapped.kind !== "mapped" || first === undefined) break;
      if ((others.length > 0 || first !== now) && !shown.has(now)) {
        shown.add(now);
        steps.push({ from: now, to: mapped.addresses, decision: mapped.decision });
      }
      if (mapped.addresses.some((one) => one.toLowerCase() === now.toLowerCase())) toThemselves.add(now.toLowerCase());
      addresses[index] = first;
      addresses.push(...others);
    }
  }
  return { steps, addresses: [...new Set(addresses)], end: null };
}
