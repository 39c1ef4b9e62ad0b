import { tableSteps } from "../../fixes/table-steps.ts";
import type { SourceFile } from "../../io/file-port.ts";
import { oncePer } from "../../memory/remember.ts";
import type { LoadedTable, MailServer, TableContent } from "../../model/mail-server.ts";
import { baseName } from "../../model/paths.ts";
import { restrictionClasses } from "../../model/restrictions.ts";
import { restrictionByName, restrictions } from "../../reference/restriction.ts";
import { accessActionByWord, accessActions } from "../../reference/table-action.ts";
import type { Span } from "../../text/span.ts";
import { editOffer } from "../edit-offer.ts";
import { nameInMessage } from "../name-in-message.ts";
import { onceEach } from "../once-each.ts";
import { printable } from "../postfix-words.ts";
import type { Rule, RuleProblem } from "../rule.ts";
import { smtpdLists } from "../smtpd-lists.ts";
import { suggestFrom } from "../suggest.ts";

export const unknownAction: Rule = {
  id: "unknown-action",
  title: "An action that an access table does not have",
  severity: "error",
  manualUrl: "https://www.postfix.org/access.5.html",
  check: (server) => onceEach(accessTables(server).flatMap((use) => problemsIn(server, use))),
};

interface AccessTable {
  readonly table: LoadedTable;
  /** The restriction classes that the service has which asks it. */
  readonly classes: ReadonlySet<string>;
}

function accessTables(server: MailServer): readonly AccessTable[] {
  return smtpdLists(server).flatMap(({ service, steps }) => {
    const classes = restrictionClasses(server, service);
    return steps.flatMap(({ name, table: spec }) => {
      const table = spec === null || !ACCESS.test(name) ? undefined : server.tables.get(spec);
      return table === undefined ? [] : [{ table, classes }];
    });
  });
}

const ACCESS = /^check_\w+_access$/;

function problemsIn(server: MailServer, { table, classes }: AccessTable): readonly RuleProblem[] {
  return firstWords(table.content).flatMap(({ file, span, word }): RuleProblem[] => {
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
  readonly file: SourceFile;
  readonly span: Span;
  readonly word: string;
}

/** Many more are a table that is no access table. */
const MOST_WORDS = 100;

/** The first words of a table's right-hand sides that are neither actions nor restrictions: each once, where it first stands. */
const firstWords = oncePer((content: TableContent): readonly PlacedWord[] => {
  if (content.kind === "inline" || content.kind === "opaque" || content.kind === "absent") return [];
  const { file } = content;
  const found = new Map<string, PlacedWord | null>();
  for (const { text, span } of valuesOf(content)) {
    const word = firstWord(text);
    if (found.has(word)) continue;
    // Where the word is put together from lines or by quoting it stands nowhere.
    const isThere = file.text.startsWith(word, span.start);
    const end = isThere ? span.start + word.length : span.end;
    found.set(word, isKnown(word, text) ? null : { file, word, span: { start: span.start, end } });
    if (found.size > MOST_WORDS) break;
  }
  return [...found.values()].filter((one) => one !== null);
});

function* valuesOf(
  content: Extract<TableContent, { kind: "indexed" | "pattern" | "cidr" }>,
): Generator<{ readonly text: string; readonly span: Span }> {
  if (content.kind === "pattern") {
    for (const rule of content.tree.rules) {
      if (rule.kind === "pattern") yield { text: rule.replacement, span: rule.replacementSpan };
    }
  } else if (content.kind === "indexed") {
    for (const { value, valueSpan } of content.tree.rules) yield { text: value, span: valueSpan };
  } else {
    for (const rule of content.tree.rules) {
      if (rule.kind === "network") yield { text: rule.value, span: rule.valueSpan };
    }
  }
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
