import { tableSteps } from "../../fixes/table-steps.ts";
import type { SourceFile } from "../../io/file-port.ts";
import { textIn } from "../../io/text-in.ts";
import type { LoadedTable, MailServer } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import { restrictionClasses } from "../../model/restrictions.ts";
import { restrictionByName, restrictions } from "../../reference/restriction.ts";
import { accessActionByWord, accessActions } from "../../reference/table-action.ts";
import type { Span } from "../../text/span.ts";
import { editOffer } from "../edit-offer.ts";
import { nameInMessage } from "../name-in-message.ts";
import { onceEach } from "../once-each.ts";
import { isRead, oncePerTree, type ReadContent } from "../once-per-tree.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { smtpdLists } from "../smtpd-lists.ts";
import { suggestFrom } from "../suggest.ts";

export const unknownAction: Rule = {
  id: "unknown-action",
  title: "An action that an access table does not have",
  severity: "error",
  manualUrl: "https://www.postfix.org/access.5.html",
  check: (server) => {
    // Asked of what was remembered: to walk the lists of all services takes longer than all else here.
    const tables = [...server.tables.values()];
    if (!tables.some(({ content }) => isRead(content) && firstWords(content).length > 0)) return [];
    return onceEach(accessTables(server).flatMap((use) => problemsIn(server, use)));
  },
};

interface AccessTable {
  readonly table: LoadedTable;
  /** The restriction classes that the service has which asks it. */
  readonly classes: ReadonlySet<string>;
}

function accessTables(server: MailServer): readonly AccessTable[] {
  return smtpdLists(server).flatMap(({ service, steps }) => {
    // Mostly none has such a word, and then nobody asks for the classes.
    const tables = steps.flatMap(({ name, table: spec }) => {
      const table = spec === null || !ACCESS.test(name) ? undefined : server.tables.get(spec);
      return table === undefined || !isRead(table.content) || firstWords(table.content).length === 0 ? [] : [table];
    });
    if (tables.length === 0) return [];
    const classes = restrictionClasses(server, service);
    return tables.map((table) => ({ table, classes }));
  });
}

const ACCESS = /^check_\w+_access$/;

function problemsIn(server: MailServer, { table, classes }: AccessTable): readonly RuleProblem[] {
  const { content } = table;
  if (!isRead(content)) return [];
  const { file } = content;
  return firstWords(content).flatMap(({ span, word }): RuleProblem[] => {
    if (classes.has(word)) return [];
    const meant = meantBy(word);
    const shown = nameInMessage(word);
    const fix = {
      id: "unknown-action/rename",
      title: `Write ${meant ?? ""} instead of ${shown} in ${baseName(file.path)}`,
      safety: "review",
      cost: "Clients that match were put off; now this is what becomes of them.",
      reload: true,
      after: tableSteps(table),
    } as const;
    return [
      {
        file,
        span,
        message: `${shown} is no action, no restriction and no restriction class: smtpd answers whoever matches with “Server configuration error”.${meant === null ? "" : ` Did you mean ${meant}?`}`,
        postfix: printable(`unknown smtpd restriction: "${word}"`, file.encoding),
        fixes: meant === null ? [] : [editOffer(server, fix, file, [{ span, newText: meant }])],
      },
    ];
  });
}

interface PlacedWord {
  readonly span: Span;
  readonly word: string;
}

/** Many more are a table that is no access table. */
const MOST_WORDS = 100;
/** Of a longer table the rest is not looked at: it is read at each keystroke, and whoever mistypes an action mostly does so early. */
const MOST_RULES = 5000;

/** The first words of a table's right-hand sides that are neither actions nor restrictions: each once, where it first stands. */
const firstWords = oncePerTree((content): readonly PlacedWord[] => {
  const { file } = content;
  const seen = new Set<string>();
  const found: PlacedWord[] = [];
  for (const value of firstValues(content)) {
    const word = firstWord(value.text);
    if (seen.has(word)) continue;
    seen.add(word);
    if (!isKnown(word, value.text)) found.push({ word, span: spanOf(word, value.span(), file) });
    if (found.length > MOST_WORDS) break;
  }
  return found;
});

interface Value {
  readonly text: string;
  /** Of all of it; worked out when asked for. */
  readonly span: () => Span;
}

/** What the first rules answer; some, such as `if`, answer nothing. */
function firstValues(content: ReadContent): readonly Value[] {
  switch (content.kind) {
    case "indexed":
      return content.tree.firstRules(MOST_RULES).map((rule) => ({ text: rule.value, span: () => rule.valueSpan }));
    case "pattern":
      return content.tree.rules
        .slice(0, MOST_RULES)
        .flatMap((rule) =>
          rule.kind === "pattern" ? [{ text: rule.replacement, span: () => rule.replacementSpan }] : [],
        );
    default:
      return content.tree.rules
        .slice(0, MOST_RULES)
        .flatMap((rule) => (rule.kind === "network" ? [{ text: rule.value, span: () => rule.valueSpan }] : []));
  }
}

/** The word itself, or all of the value where the word is put together from lines and stands nowhere. */
function spanOf(word: string, value: Span, file: SourceFile): Span {
  const first = { start: value.start, end: Math.min(value.start + word.length, value.end) };
  return textIn(file, first) === word ? first : value;
}

/** Up to a blank or a comma, as smtpd(8) takes a list apart. */
function firstWord(text: string): string {
  let end = 0;
  while (end < text.length && !SEPARATORS.includes(text.charAt(end))) end += 1;
  return text.slice(0, end);
}

const SEPARATORS = " \t\r\n,";

function isKnown(word: string, text: string): boolean {
  // What is filled in by a pattern, is a table itself, or begins a group says only smtpd.
  if (word === "" || /[$:{]/.test(word)) return true;
  return accessActionByWord(word, text.length > word.length) !== null || restrictionByName(word) !== null;
}

const meantBy = suggestFrom([
  ...accessActions.map(({ name }) => name).filter((name) => /^[A-Z_]+$/.test(name)),
  ...restrictions.map(({ name }) => name),
]);
