import { oncePer } from "../memory/remember.ts";
import { joinedText } from "../syntax/lines/joined-text.ts";
import type { MasterService } from "../syntax/master-cf/parse-master-cf.ts";
import { splitList } from "../syntax/value/list.ts";
import { restrictionArgument } from "../syntax/value/restriction-list.ts";
import { parseTableReference } from "../syntax/value/table-reference.ts";
import type { Span } from "../text/span.ts";
import { effectiveValue, expandIn, ownerName, ownerOf, ownText, type ValueOwner } from "./effective.ts";
import type { MailServer } from "./mail-server.ts";
import { specOf } from "./table-specs.ts";

/** The lists of smtpd(8) and what a bare table in them means (null: Postfix refuses it). */
export const RESTRICTION_LISTS = {
  smtpd_client_restrictions: "check_client_access",
  smtpd_helo_restrictions: "check_helo_access",
  smtpd_sender_restrictions: "check_sender_access",
  smtpd_relay_restrictions: "check_recipient_access",
  smtpd_recipient_restrictions: "check_recipient_access",
  smtpd_data_restrictions: null,
  smtpd_end_of_data_restrictions: null,
  smtpd_etrn_restrictions: "check_etrn_access",
} as const;

export type RestrictionListName = keyof typeof RESTRICTION_LISTS;

const LIST_NAMES: ReadonlySet<string> = new Set(Object.keys(RESTRICTION_LISTS));

/** A set, for rules ask it of every name: a name that comes out of a text is slow to look up in an object. */
export function isRestrictionList(name: string): boolean {
  return LIST_NAMES.has(name);
}

/** One word of a list as smtpd reads it, and where it is written. */
export interface PlacedWord {
  /** Expanded. */
  readonly text: string;
  /** The definition or override that holds the word itself, not the one that refers to it by `$name`. Null: a built-in default. */
  readonly owner: ValueOwner | null;
  /** Its place in the owner's own list; null if it cannot be edited by itself (it comes out of a larger expression). */
  readonly index: number | null;
  readonly span: Span | null;
}

/** One step of a list, in the order smtpd walks it; steps of restriction classes stand where the class is named. */
export interface RestrictionStep {
  /** Lower case for Postfix's own restrictions; a bare table has the name it stands for. */
  readonly name: string;
  readonly kind: "restriction" | "unknown";
  /** Expanded; null without one. */
  readonly argument: string | null;
  /** `type:name` if the argument is a table: a key of `MailServer.tables`. */
  readonly table: string | null;
  /** A `warn_if_reject` in front of it, or of the class it is in. */
  readonly warnOnly: boolean;
  /** From `warn_if_reject` to the argument. */
  readonly words: readonly PlacedWord[];
  /** The word that names the restriction (or the bare table). */
  readonly word: PlacedWord;
}

export interface RestrictionWalk {
  readonly list: RestrictionListName;
  readonly service: MasterService | null;
  readonly steps: readonly RestrictionStep[];
}

/** The lists of one service in the order in which smtpd walks them. */
export function restrictionWalks(server: MailServer, service: MasterService | null): readonly RestrictionWalk[] {
  return walkOrder(server, service).map((list) => ({
    list,
    service,
    steps: stepsOf(server, service, list, RESTRICTION_LISTS[list]),
  }));
}

/** Steps of any parameter that holds restrictions: a list or a restriction class. */
export function stepsOf(
  server: MailServer,
  service: MasterService | null,
  parameter: string,
  bareTable: string | null,
): readonly RestrictionStep[] {
  const classes = restrictionClasses(server, service);
  const budget = { left: MOST_WORDS };
  return group(
    { server, service, classes, bareTable, budget },
    wordsOf(server, service, parameter, new Set(), budget),
    [parameter],
    false,
  );
}

/** Steps that an access table's right-hand side asks for: restrictions and classes by name, without places to edit. */
export function stepsOfText(
  server: MailServer,
  service: MasterService | null,
  text: string,
): readonly RestrictionStep[] {
  const words = splitWords(text).map((word) => ({ text: word, owner: null, index: null, span: null }));
  return group(
    {
      server,
      service,
      classes: restrictionClasses(server, service),
      bareTable: null,
      budget: { left: MOST_WORDS },
    },
    words,
    [],
    false,
  );
}

const classesOf = oncePer((_server: MailServer) => new Map<MasterService | null, ReadonlySet<string>>());

/** Names of the restriction classes. Found once a server and service: it is asked for at every word. */
export function restrictionClasses(server: MailServer, service: MasterService | null): ReadonlySet<string> {
  const known = classesOf(server);
  const classes =
    known.get(service) ??
    new Set(splitWords(effectiveValue(server, "smtpd_restriction_classes", service).expanded ?? ""));
  known.set(service, classes);
  return classes;
}

function walkOrder(server: MailServer, service: MasterService | null): readonly RestrictionListName[] {
  const relayFirst = effectiveValue(server, "smtpd_relay_before_recipient_restrictions", service).expanded !== "no";
  const recipient = relayFirst
    ? (["smtpd_relay_restrictions", "smtpd_recipient_restrictions"] as const)
    : (["smtpd_recipient_restrictions", "smtpd_relay_restrictions"] as const);
  return [
    "smtpd_client_restrictions",
    "smtpd_helo_restrictions",
    "smtpd_sender_restrictions",
    ...recipient,
    "smtpd_data_restrictions",
    "smtpd_end_of_data_restrictions",
    "smtpd_etrn_restrictions",
  ];
}

/** Words that a walk reads before it gives up: names and classes that double each other make any number of a few lines. */
const MOST_WORDS = 20_000;
/** As deep as Postfix's programs follow `$name`. */
const DEEPEST = 100;

interface Budget {
  left: number;
}

/** What was not read any more. No restriction has this name: it is unknown what it does. */
const NOT_READ: PlacedWord = { text: "…", owner: null, index: null, span: null };

function wordsOf(
  server: MailServer,
  service: MasterService | null,
  parameter: string,
  inside: ReadonlySet<string>,
  budget: Budget,
): readonly PlacedWord[] {
  if (inside.has(parameter)) return [];
  if (inside.size > DEEPEST) return [NOT_READ];
  const owner = ownerOf(server, parameter, service);
  if (owner === null) {
    const words = splitWords(effectiveValue(server, parameter, service).expanded ?? "");
    return words.map((text) => ({ text, owner: null, index: null, span: null }));
  }
  const now = new Set([...inside, ownerName(owner)]);
  const words: PlacedWord[] = [];
  for (const element of splitList(ownText(owner)).elements) {
    if (budget.left <= 0) return [...words, NOT_READ];
    budget.left -= 1;
    const reference = wholeReference(element.text);
    if (reference !== null) {
      words.push(...wordsOf(server, service, reference, now, budget));
    } else if (element.text.includes("$")) {
      const parts = splitWords(expandIn(server, service, element.text) ?? "");
      const index = parts.length === 1 ? element.index : null;
      for (const text of parts) words.push({ text, owner, index, span: element.span });
    } else {
      words.push({ text: element.text, owner, index: element.index, span: element.span });
    }
  }
  return words;
}

interface Grouping {
  readonly server: MailServer;
  readonly service: MasterService | null;
  readonly classes: ReadonlySet<string>;
  readonly bareTable: string | null;
  readonly budget: Budget;
}

function group(
  context: Grouping,
  words: readonly PlacedWord[],
  inside: readonly string[],
  warned: boolean,
): readonly RestrictionStep[] {
  const steps: RestrictionStep[] = [];
  let warnings: PlacedWord[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) break;
    const name = word.text.toLowerCase();
    if (name === "warn_if_reject") {
      warnings.push(word);
      continue;
    }
    const warnOnly = warned || warnings.length > 0;
    const takes = restrictionArgument(name);
    const bare = takes === undefined ? parseTableReference(word.text) : null;
    if (
      takes === undefined &&
      context.classes.has(word.text) &&
      !inside.includes(word.text) &&
      inside.length < DEEPEST
    ) {
      const nested = wordsOf(context.server, context.service, word.text, new Set(), context.budget);
      steps.push(...group(context, nested, [...inside, word.text], warnOnly));
    } else if (takes === undefined) {
      const known = bare !== null && context.bareTable !== null;
      steps.push({
        name: known ? (context.bareTable ?? "") : word.text,
        kind: known ? "restriction" : "unknown",
        argument: bare === null ? null : word.text,
        table: bare === null ? null : specOf(bare),
        warnOnly,
        words: [...warnings, word],
        word,
      });
    } else {
      const argument = takes === null ? null : (words[at + 1] ?? null);
      if (argument !== null) at++;
      steps.push({
        name,
        kind: "restriction",
        argument: argument?.text ?? null,
        table: takes === "table" && argument !== null ? tableOf(argument.text) : null,
        warnOnly,
        words: argument === null ? [...warnings, word] : [...warnings, word, argument],
        word,
      });
    }
    warnings = [];
  }
  return steps;
}

function tableOf(argument: string): string | null {
  const element = splitList(joinedText(argument)).elements[0];
  const text = element?.braced ? splitWords(element.content)[0] : argument;
  const reference = text === undefined ? null : parseTableReference(text);
  return reference === null ? null : specOf(reference);
}

function splitWords(text: string): readonly string[] {
  return splitList(joinedText(text)).elements.map((element) => element.text);
}

/** The name in `$name`, `${name}` or `$(name)` if that is all of the text. */
function wholeReference(text: string): string | null {
  if (!text.startsWith("$")) return null;
  const first = text[1];
  const closing = first === "{" ? "}" : first === "(" ? ")" : "";
  if (closing !== "" && !text.endsWith(closing)) return null;
  const name = closing === "" ? text.slice(1) : text.slice(2, -1);
  return isName(name) ? name : null;
}

function isName(text: string): boolean {
  if (text === "") return false;
  for (const c of text) {
    const letter = (c >= "a" && c <= "z") || (c >= "A" && c <= "Z");
    if (!letter && c !== "_" && !(c >= "0" && c <= "9")) return false;
  }
  return true;
}
