import { type RestrictionListName, type RestrictionStep, restrictionWalks } from "../restrictions.ts";
import { type Asked, checkIdentity, restrictionEffect } from "./restriction-effect.ts";

/** `unknown`: only if something permits that we cannot see into. */
export type Admission = "admitted" | "refused" | "unknown";

/**
 * One way through a list: what must hold on it. `refuses-not:` and `permits:` name a check by everything that decides its answer, its
 * table's contents included, so that equal names mean equal answers.
 */
export type Way = ReadonlySet<string>;

/** The ways through each list; a list without any refuses every such request. */
export type ListWays = ReadonlyMap<RestrictionListName, readonly Way[]>;

/** All ways a kind of request may take through the lists of one service. Over-approximates: no request is admitted on another way. */
export function waysOf(asked: Asked): ListWays {
  const ways = new Map<RestrictionListName, readonly Way[]>();
  for (const walk of restrictionWalks(asked.server, asked.service)) {
    if (walk.list === "smtpd_etrn_restrictions") continue;
    ways.set(walk.list, waysThrough(asked, walk.steps));
  }
  return ways;
}

export function admissionOf(ways: ListWays): Admission {
  let admission: Admission = "admitted";
  for (const list of ways.values()) {
    if (list.length === 0) return "refused";
    if (!list.some((way) => [...way].every((condition) => !condition.startsWith("permits:")))) admission = "unknown";
  }
  return admission;
}

function waysThrough(asked: Asked, steps: readonly RestrictionStep[]): readonly Way[] {
  const ways: Way[] = [];
  let conditions: Way = new Set();
  for (const step of steps) {
    const effect = restrictionEffect(asked, step);
    if (effect.permits === "always") return [...ways, conditions];
    const check = checkIdentity(asked, step);
    if (effect.permits === "maybe") ways.push(new Set([...conditions, `permits:${check}`]));
    if (effect.refuses === "always") return ways;
    if (effect.refuses === "maybe") conditions = new Set([...conditions, `refuses-not:${check}`]);
  }
  return [...ways, conditions];
}
