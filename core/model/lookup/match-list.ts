import type { SourceFile } from "../../io/file-port.ts";
import { joinedText } from "../../syntax/lines/joined-text.ts";
import { parseIpNetwork } from "../../syntax/table/ip-network.ts";
import { splitList } from "../../syntax/value/list.ts";
import { lowerAscii } from "../../text/ascii.ts";
import { expandIn } from "../effective.ts";
import { listWords } from "../list-words.ts";
import type { PlacedWord } from "../restrictions.ts";
import { networkHolds, parseAddress } from "./cidr-lookup.ts";
import { type LookupContext, lookUp, tableReferenceOf, takesPartialKeys } from "./look-up.ts";
import type { LookupPlace, LookupResult } from "./lookup-result.ts";
import { domainAndParents, parentMatchesSubdomains } from "./parent-domains.ts";

/** One pattern of a match list, expanded, and the word of the configuration it comes from. */
export interface ListPattern {
  readonly text: string;
  readonly negated: boolean;
  readonly word: PlacedWord;
  /** Where it stands in a file that the list names; null: in the list itself. */
  readonly place: LookupPlace | null;
}

/** What a match list says. `place`: the entry, if the pattern is a table. */
export type ListAnswer =
  /** `excluded`: by a pattern with `!`. */
  | { readonly kind: "listed" | "excluded"; readonly pattern: ListPattern; readonly place: LookupPlace | null }
  | { readonly kind: "not-listed" }
  /** `failed`: Postfix itself could not tell (it answers 4.3.0), `unknown`: we cannot. */
  | { readonly kind: "failed" | "unknown"; readonly reason: string; readonly pattern: ListPattern };

/** What is looked for. Lists of hosts (`mynetworks`) match by name and by address, the name first. */
export interface ListSubject {
  /** Compared as a whole: string_list of Postfix (`mydestination`, `virtual_alias_domains`). */
  readonly text?: string;
  /** Compared with its parent domains: domain_list (`relay_domains`). */
  readonly host?: string;
  readonly address?: string;
}

/** The patterns of a list parameter. */
function listPatterns(context: LookupContext, parameter: string): readonly ListPattern[] {
  const { server, service } = context;
  return listWords(server, service, parameter).flatMap(({ word }) => {
    const expanded = word.text.includes("$") ? (expandIn(server, service, word.text) ?? "") : word.text;
    const { elements } = splitList(joinedText(expanded));
    return elements.flatMap(({ content, negated }): readonly ListPattern[] => {
      const file = server.lists.get(content);
      if (file === undefined || typeof file === "string") return [{ text: content, negated, word, place: null }];
      return patternsInFile(file, content, word, negated);
    });
  });
}

/** A line that begins with `#` is a comment; the others are lists of their own. `!` before the file turns them all around. */
function patternsInFile(file: SourceFile, name: string, word: PlacedWord, turned: boolean): readonly ListPattern[] {
  const patterns: ListPattern[] = [];
  let start = 0;
  for (const [index, line] of file.text.split("\n").entries()) {
    if (!line.startsWith("#")) {
      for (const { content, negated, span } of splitList(joinedText(line, start)).elements) {
        const place = { table: name, file, line: index + 1, span };
        patterns.push({ text: content, negated: negated !== turned, word, place });
      }
    }
    start += line.length + 1;
  }
  return patterns;
}

/**
 * Whether a list parameter holds something: the first pattern that matches decides (match_list(3) of Postfix: `!`, names, `.domain`,
 * addresses, networks, tables). A pattern that nobody can decide is passed only if a later one lists the subject anyway.
 */
export async function matchList(context: LookupContext, parameter: string, subject: ListSubject): Promise<ListAnswer> {
  const parents = parentMatchesSubdomains(context, parameter);
  let undecided: ListAnswer | null = null;
  for (const pattern of listPatterns(context, parameter)) {
    const answer = await matchPattern(context, pattern.text, subject, parents);
    if (answer.kind === "no") continue;
    if (answer.kind === "unknown") {
      const unknown: ListAnswer = { kind: "unknown", reason: answer.reason, pattern };
      if (pattern.negated) return undecided ?? unknown;
      undecided ??= unknown;
      continue;
    }
    if (answer.kind !== "yes") return undecided ?? { kind: "failed", reason: answer.reason, pattern };
    const place = answer.place ?? pattern.place;
    if (pattern.negated) return undecided ?? { kind: "excluded", pattern, place };
    return { kind: "listed", pattern, place };
  }
  return undecided ?? { kind: "not-listed" };
}

type PatternResult =
  | { readonly kind: "yes"; readonly place: LookupPlace | null }
  | { readonly kind: "no" }
  | { readonly kind: "failed" | "unknown"; readonly reason: string };

const NO: PatternResult = { kind: "no" };
const YES: PatternResult = { kind: "yes", place: null };

async function matchPattern(
  context: LookupContext,
  pattern: string,
  subject: ListSubject,
  parents: boolean,
): Promise<PatternResult> {
  if (pattern.startsWith("/")) return { kind: "unknown", reason: `the list in ${pattern} could not be read here` };
  const isTable = !pattern.startsWith("[") && pattern.includes(":");
  const { text, host, address } = subject;
  if (text !== undefined) {
    const result = isTable ? await inTable(context, pattern, [text]) : sameText(text, pattern);
    if (result.kind !== "no") return result;
  }
  if (host !== undefined) {
    const result = isTable
      ? await inTable(context, pattern, domainAndParents(host, parents))
      : matchesHost(host, pattern, parents);
    if (result.kind !== "no") return result;
  }
  if (address === undefined) return NO;
  return isTable ? inTable(context, pattern, [address]) : matchesAddress(address, pattern);
}

/** The first key of a table; the others than the first are partial. */
async function inTable(context: LookupContext, table: string, keys: readonly string[]): Promise<PatternResult> {
  const reference = tableReferenceOf(table);
  const asked = reference !== null && !takesPartialKeys(reference) ? keys.slice(0, 1) : keys;
  for (const key of asked) {
    const result: LookupResult = await lookUp(context, table, key);
    if (result.kind === "found") return { kind: "yes", place: result.place };
    if (result.kind !== "not-found") return { kind: result.kind, reason: result.reason };
  }
  return NO;
}

function sameText(text: string, pattern: string): PatternResult {
  return lowerAscii(text) === lowerAscii(pattern) ? YES : NO;
}

function matchesHost(host: string, pattern: string, parents: boolean): PatternResult {
  const name = lowerAscii(host);
  const listed = lowerAscii(pattern);
  if (name === listed) return YES;
  const suffix = parents ? `.${listed}` : listed;
  return suffix.startsWith(".") && name.length > suffix.length && name.endsWith(suffix) ? YES : NO;
}

function matchesAddress(address: string, pattern: string): PatternResult {
  if (pattern === address || pattern === `[${address}]`) return YES;
  const parsed = parseAddress(address);
  if (parsed === null || !mayBeNetwork(pattern, address)) return NO;
  const network = parseIpNetwork(pattern);
  // Postfix takes a network it cannot read for an error of the whole list.
  if (typeof network === "string") return { kind: "failed", reason: `${pattern} is no network` };
  return networkHolds(network, parsed) ? YES : NO;
}

/** Postfix tries only what has a `/`, or an address in brackets, and is of the client's family. */
function mayBeNetwork(pattern: string, address: string): boolean {
  if (pattern.includes(":") !== address.includes(":")) return false;
  return pattern.includes("/") || (pattern.startsWith("[") && pattern.endsWith("]"));
}
