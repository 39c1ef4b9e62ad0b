import type { LogLevel } from "../log/log-line.ts";
import kinds from "./evidence.json" with { type: "json" };

/** What ties a line that tells a consequence to the earlier line that tells the cause. docs/causes.md says what each demands. */
const EVIDENCE = ["process", "named process", "queue id", "service"] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** How far back, in seconds, each kind of evidence reaches unless an entry sets its own bound, and what it is in words. */
export const EVIDENCE_KINDS: Readonly<Record<Evidence, { readonly within: number; readonly words: string }>> = kinds;

/** One way in which an earlier line explains the lines of an entry. */
export interface Because {
  readonly by: Evidence;
  /** Message ids of the lines it holds for; empty for all lines of the entry. */
  readonly for: readonly string[];
  /** Values that fields of the line must have. */
  readonly where: Readonly<Record<string, string>>;
  /** Entries and messages, by their ids, that can be the cause. */
  readonly lines: readonly string[];
  /** Explained lines of these levels can be the cause too. */
  readonly levels: readonly LogLevel[];
  /** For `service`: the program that did the work, or `{field}` for the service that the line names; null for other evidence. */
  readonly service: string | null;
  /** Fields in which both lines must agree. */
  readonly same: readonly string[];
  /** Seconds between the two lines, at most. */
  readonly within: number;
}

const KEYS = new Set(["by", "for", "where", "lines", "levels", "service", "same", "within"]);
const LEVELS: readonly LogLevel[] = ["warning", "error", "fatal", "panic"];

/** Reads one item of `because` in an entry's front matter. @param complain throws with the entry's name */
export function compileBecause(declared: unknown, complain: (what: string) => never): Because {
  if (typeof declared !== "object" || declared === null) return complain("an item of because is not a mapping");
  const fields: Readonly<Record<string, unknown>> = { ...declared };
  for (const key of Object.keys(fields)) if (!KEYS.has(key)) complain(`"${key}" is not a key of because`);
  const words = (key: string): readonly string[] => {
    const value: unknown = fields[key] ?? [];
    const list = Array.isArray(value) ? value : [value];
    return list.map((word) => (typeof word === "string" ? word : complain(`"${key}" of because holds no text`)));
  };
  const by = EVIDENCE.find((kind) => kind === fields["by"]) ?? complain(`"by" must be one of ${EVIDENCE.join(", ")}`);
  const service = words("service")[0] ?? null;
  if ((service !== null) !== (by === "service")) complain(`"service" goes with by: service, and only with it`);
  const levels = words("levels").map(
    (word) => LEVELS.find((level) => level === word) ?? complain(`"${word}" is not a level`),
  );
  const lines = words("lines");
  if (lines.length === 0 && levels.length === 0) complain("an item of because names neither lines nor levels");
  const { within = EVIDENCE_KINDS[by].within } = fields;
  if (typeof within !== "number" || within <= 0) return complain(`"within" must be a number of seconds`);
  const where = Object.entries(fields["where"] ?? {}).map(([field, value]): [string, string] =>
    typeof value === "string" ? [field, value] : complain(`"where.${field}" of because must be a text`),
  );
  return {
    by,
    for: words("for"),
    where: Object.fromEntries(where),
    lines,
    levels,
    service,
    same: words("same"),
    within,
  };
}
