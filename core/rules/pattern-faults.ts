import type { SourceFile } from "../io/file-port.ts";
import { oncePer } from "../memory/remember.ts";
import type { MailServer } from "../model/mail-server.ts";
import type { PatternMatcher } from "../model/pattern-matcher.ts";
import type { PatternRule, PatternTable } from "../syntax/table/parse-pattern-table.ts";
import { posixFault } from "./bad-pattern/posix-fault.ts";
import type { RuleFault } from "./rule-fault.ts";

/** `unknown`: never to be read as wrong or right. */
export type Compiled = RuleFault | null | "unknown";

/** Who has so many patterns has them from a program, and it would take seconds to ask for each. */
const MOST_ASKED = 2000;

/** The pattern tables of a server, each file once for each type. */
export const patternTables = oncePer(
  (server: MailServer): readonly { readonly file: SourceFile; readonly tree: PatternTable }[] => {
    const found = new Map<PatternTable, { readonly file: SourceFile; readonly tree: PatternTable }>();
    for (const { content } of server.tables.values()) {
      if (content.kind === "pattern") found.set(content.tree, { file: content.file, tree: content.tree });
    }
    return [...found.values()];
  },
);

/** What a matcher has said of a pattern, under its flags and text: after a keystroke all patterns but one are the same. */
const answers = new WeakMap<PatternMatcher, Map<string, Promise<Compiled>>>();
const MOST_KEPT = 10_000;

/** Asks for each pattern of a table that Postfix would compile, in the order of the file. */
export async function compiledRules(
  tree: PatternTable,
  matcher: PatternMatcher,
): Promise<ReadonlyMap<PatternRule, Compiled>> {
  const asked = tree.rules.filter(({ kind }) => kind === "pattern" || kind === "if").slice(0, MOST_ASKED);
  const compiled = await Promise.all(asked.map((rule) => compiledRule(tree, rule, matcher)));
  return new Map(asked.map((rule, index) => [rule, compiled[index] ?? null]));
}

function compiledRule({ type }: PatternTable, { pattern, flags }: PatternRule, matcher: PatternMatcher) {
  if (type === "regexp") return Promise.resolve(posixFault(pattern, flags));
  const known = answers.get(matcher) ?? new Map<string, Promise<Compiled>>();
  answers.set(matcher, known);
  const key = `${flags}/${pattern}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  if (known.size >= MOST_KEPT) known.clear();
  const answer = ask(pattern, flags, matcher);
  known.set(key, answer);
  return answer;
}

async function ask(pattern: string, flags: string, matcher: PatternMatcher): Promise<Compiled> {
  const fault = await matcher.compile(pattern, flags);
  if (fault === null || fault === "unknown") return fault;
  const { offset, words } = fault;
  return { offset, words: `error in regex at offset ${offset}: ${words}` };
}
