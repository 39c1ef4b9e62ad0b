import { rules } from "./all-rules.ts";
import type { Rule } from "./rule.ts";

export { rules } from "./all-rules.ts";

const byId = new Map(rules.map((rule) => [rule.id, rule]));

export function ruleById(id: string): Rule | null {
  return byId.get(id) ?? null;
}
