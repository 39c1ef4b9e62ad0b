/** `safe`: nobody may do more than before. `review`: a choice the owner must make. `risky`: weakens a check. */
export const SAFETIES = ["safe", "review", "risky"] as const;
export type Safety = (typeof SAFETIES)[number];

const RANK: Readonly<Record<Safety, number>> = { safe: 0, review: 1, risky: 2 };

/** The worse of two: what is declared and what is computed meet here. */
export function worse(a: Safety, b: Safety): Safety {
  return RANK[a] >= RANK[b] ? a : b;
}
