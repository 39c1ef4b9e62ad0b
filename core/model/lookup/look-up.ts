import type { FileProblem, SourceFile } from "../../io/file-port.ts";
import { joinedText } from "../../syntax/lines/joined-text.ts";
import type { MasterService } from "../../syntax/master-cf/parse-master-cf.ts";
import type { IndexedTable } from "../../syntax/table/parse-indexed-table.ts";
import type { PatternTable } from "../../syntax/table/parse-pattern-table.ts";
import type { TableRule } from "../../syntax/table/table-tree.ts";
import { parseBoolean } from "../../syntax/value/boolean.ts";
import { entriesFault } from "../../syntax/value/inline-fault.ts";
import { splitList } from "../../syntax/value/list.ts";
import { parseTableReference, type TableReference, tableSourceSyntax } from "../../syntax/value/table-reference.ts";
import { effectiveValue } from "../effective.ts";
import type { LoadedTable, MailServer } from "../mail-server.ts";
import type { PatternMatcher } from "../pattern-matcher.ts";
import { specOf, tablesIn } from "../table-specs.ts";
import { cidrRule } from "./cidr-lookup.ts";
import { foldKey, foldsByUnicodeOnly } from "./fold-key.ts";
import { entryValue, indexedEntry } from "./indexed-lookup.ts";
import { type LookupPlace, type LookupResult, NOT_FOUND, tablePlace } from "./lookup-result.ts";
import { patternRule } from "./pattern-lookup.ts";
import { rulesInBraces } from "./rules-in-braces.ts";

/** Whose tables are asked, as which service sees them, and who decides what the core cannot. */
export interface LookupContext {
  readonly server: MailServer;
  /** Null: as main.cf alone has it. */
  readonly service: MasterService | null;
  readonly patternMatcher: PatternMatcher;
  /**
   * An answer for a table that nobody here can see into (`mysql:`, `unix:passwd.byname`, one that lies elsewhere), or null. `table` is
   * `type:name` with `proxy:` taken off.
   */
  readonly answerFor: (table: string, key: string) => LookupResult | null;
  /** Whether rules with a `$1` in their result count: everywhere if this is left out; see `askedFor`. */
  readonly groups?: "never" | "through-proxymap";
}

/** Combiners in combiners: beyond this, nobody means it. */
const DEEPEST = 10;

/**
 * What Postfix finds under `key` in the table that a configuration names `table` (`type:name`, expanded, `proxy:` or braces around it
 * allowed): one query, as `postmap -q` makes it. Which keys a program asks for, and in what order, is its caller's: `access-keys.ts`,
 * `find-address.ts`, `match-list.ts`.
 *
 * The text of the table is asked, as postmap(1) would make the database of it now; a database older than its text is not seen. Never
 * throws. An empty key is never found (maps_find() of Postfix); a value may be empty, which programs of Postfix take for an error.
 */
export function lookUp(context: LookupContext, table: string, key: string): Promise<LookupResult> {
  const reference = tableReferenceOf(table);
  if (reference === null) {
    return Promise.resolve({ kind: "unknown", reason: `${table} is no type:name`, place: tablePlace(table) });
  }
  return lookUpReference(context, reference, key, 0);
}

/** The table that a word names; of `{ type:name, search_order = … }` the first element. Null if it names none. */
export function tableReferenceOf(word: string): TableReference | null {
  const element = splitList(joinedText(word)).elements[0];
  const text = element?.braced ? (splitList(joinedText(element.content)).elements[0]?.content ?? "") : word;
  return parseTableReference(text);
}

/**
 * Whether partial keys (a parent domain, an address without its domain, an address without its last octet) are looked up in a table:
 * not in those whose rules are patterns or networks (DICT_FLAG_FIXED of Postfix).
 */
export function takesPartialKeys(reference: TableReference): boolean {
  if (reference.members.length > 0) return reference.members.every(takesPartialKeys);
  return !WITHOUT_PARTIAL_KEYS.has(reference.type);
}

const WITHOUT_PARTIAL_KEYS = new Set(["pcre", "regexp", "cidr", "fail", "randmap", "tcp", "socketmap"]);

async function lookUpReference(
  context: LookupContext,
  reference: TableReference,
  key: string,
  depth: number,
): Promise<LookupResult> {
  const table = specOf(reference);
  if (key === "") return NOT_FOUND;
  if (depth > DEEPEST)
    return { kind: "unknown", reason: "too many tables inside each other", place: tablePlace(table) };
  switch (reference.type) {
    case "static":
      return { kind: "found", value: reference.name, place: tablePlace(table) };
    case "fail":
      return { kind: "failed", reason: "a fail: table fails always", place: tablePlace(table) };
    case "unionmap":
      return union(context, reference, key, depth);
    case "pipemap":
      return pipe(context, reference, key, depth);
    case "randmap":
      return random(reference);
    default:
      return inContent(context, reference, key);
  }
}

async function union(
  context: LookupContext,
  reference: TableReference,
  key: string,
  depth: number,
): Promise<LookupResult> {
  const values: string[] = [];
  let place: LookupPlace | null = null;
  for (const member of reference.members) {
    const result = await lookUpReference(context, member, key, depth + 1);
    if (result.kind === "failed" || result.kind === "unknown") return result;
    if (result.kind !== "found") continue;
    values.push(result.value);
    place ??= result.place;
  }
  return place === null ? NOT_FOUND : { kind: "found", value: values.join(","), place };
}

async function pipe(
  context: LookupContext,
  reference: TableReference,
  key: string,
  depth: number,
): Promise<LookupResult> {
  let last: LookupResult = NOT_FOUND;
  let now = key;
  for (const member of reference.members) {
    last = await lookUpReference(context, member, now, depth + 1);
    if (last.kind !== "found") return last;
    now = last.value;
  }
  return last;
}

function random(reference: TableReference): LookupResult {
  const place = tablePlace(specOf(reference));
  const values = new Set(splitList(joinedText(reference.name)).elements.map((element) => element.content));
  const [only] = values;
  if (only !== undefined && values.size === 1) return { kind: "found", value: only, place };
  return { kind: "unknown", reason: "a randmap: table answers at random", place };
}

async function inContent(context: LookupContext, reference: TableReference, key: string): Promise<LookupResult> {
  const table = specOf(reference);
  const loaded = context.server.tables.get(table);
  const content = rulesInBraces(reference) ?? loaded?.content ?? { kind: "opaque" };
  const file = "file" in content ? content.file : null;
  switch (content.kind) {
    case "indexed":
      return inIndexed(context, content.tree, file, table, key);
    case "pattern":
      return inPatterns(context, content.tree, file, reference, key);
    case "cidr": {
      const rule = cidrRule(content.tree, key);
      return rule === null ? NOT_FOUND : { kind: "found", value: rule.value, place: placeOf(table, file, rule) };
    }
    case "inline": {
      const fault = entriesFault(reference.name);
      if (fault !== null)
        return { kind: "failed", reason: `Postfix cannot read it: ${fault}`, place: tablePlace(table) };
      return inInline(context, content.entries, table, key);
    }
    default:
      return context.answerFor(table, key) ?? unseen(context.server, reference, loaded);
  }
}

function inIndexed(
  context: LookupContext,
  tree: IndexedTable,
  file: SourceFile | null,
  table: string,
  key: string,
): LookupResult {
  const reading = { unicode: foldsUnicode(context), aliases: hasIndex(table) && isAliasTable(context, table) };
  const entry = indexedEntry(tree, key, reading);
  if (entry === null) return NOT_FOUND;
  if (!hasIndex(table) && reading.unicode && foldsByUnicodeOnly(entry.key))
    return byRelease(placeOf(table, file, entry));
  return { kind: "found", value: entryValue(entry, reading), place: placeOf(table, file, entry) };
}

async function inPatterns(
  context: LookupContext,
  tree: PatternTable,
  file: SourceFile | null,
  reference: TableReference,
  key: string,
): Promise<LookupResult> {
  const groups = context.groups === undefined || (context.groups === "through-proxymap" && reference.proxied);
  const decision = await patternRule(tree, key, context.patternMatcher, { groups });
  if (decision.kind === "none") return NOT_FOUND;
  const place = placeOf(specOf(reference), file, decision.rule);
  if (decision.kind === "rule") return { kind: "found", value: decision.value, place };
  const reason = decision.matched
    ? "the pattern matches, but what its groups stand for is not to be told"
    : "whether the pattern matches could not be decided";
  return { kind: "unknown", reason, place };
}

function inInline(
  context: LookupContext,
  entries: readonly { readonly key: string; readonly value: string }[],
  table: string,
  key: string,
): LookupResult {
  const unicode = foldsUnicode(context);
  const folded = foldKey(key, unicode);
  // Unlike postmap(1), which keeps the first of several, inline: keeps the last.
  const entry = entries.findLast((one) => foldKey(one.key, unicode) === folded);
  if (entry === undefined) return NOT_FOUND;
  if (unicode && foldsByUnicodeOnly(entry.key)) return byRelease(tablePlace(table));
  return { kind: "found", value: entry.value, place: tablePlace(table) };
}

/** What is read into memory, and not made by postmap(1), folds its keys from A to Z only in 3.11 (heard of 3.11.7; not so in 3.10). */
function byRelease(place: LookupPlace): LookupResult {
  const reason =
    "Postfix 3.11 finds a key here only if its letters beyond A to Z are small ones, and older releases find it";
  return { kind: "unknown", reason, place };
}

/** A table we have no contents of. */
function unseen(server: MailServer, reference: TableReference, loaded: LoadedTable | undefined): LookupResult {
  const table = specOf(reference);
  const place = tablePlace(table);
  const syntax = tableSourceSyntax(reference.type);
  if (loaded === undefined && syntax !== null && syntax !== "client") {
    return { kind: "unknown", reason: `${table} is named by a default only, and was not read`, place };
  }
  if (loaded?.content.kind !== "absent") {
    return { kind: "unknown", reason: `a ${reference.type}: table is not asked from here`, place };
  }
  const { problem } = loaded.content;
  if (problem === "outside") return { kind: "unknown", reason: "it lies outside the opened copy", place };
  // A database may be there without its text; of the other types the text is all there is.
  if (problem === "missing" && TEXT_TYPES.has(loaded.type) && !server.isCopy) {
    return { kind: "failed", reason: "its file is not there", place };
  }
  return { kind: "unknown", reason: ABSENT_WORDS[problem], place };
}

const TEXT_TYPES = new Set(["texthash", "pcre", "regexp", "cidr"]);

const ABSENT_WORDS: Readonly<Record<FileProblem, string>> = {
  missing: "its file is not there",
  unreadable: "its file could not be read",
  "too-large": "its file is too large to be read here",
  folder: "its file is a folder",
  special: "its file is no regular file",
  refused: "its file may not be read from here",
};

function placeOf(table: string, file: SourceFile | null, rule: TableRule): LookupPlace {
  // Rules in braces have no file, so their lines mean nothing to anybody.
  return file === null ? tablePlace(table) : { table, file, line: rule.line, span: rule.span };
}

function foldsUnicode(context: LookupContext): boolean {
  return parseBoolean(effectiveValue(context.server, "smtputf8_enable", context.service).expanded ?? "") === true;
}

/** Only of what postalias(1) compiles the text is written as aliases(5) says. */
function hasIndex(table: string): boolean {
  return !table.startsWith("texthash:");
}

function isAliasTable(context: LookupContext, table: string): boolean {
  return ["alias_maps", "alias_database"].some((parameter) => {
    const value = effectiveValue(context.server, parameter, context.service).expanded ?? "";
    return value.includes(table) && tablesIn(value).some((reference) => specOf(reference) === table);
  });
}
