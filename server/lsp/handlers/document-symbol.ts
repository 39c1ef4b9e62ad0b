import { type OutlineEntry, outline } from "@postmaster/core/features/config/outline.ts";
import { secretsHidden } from "@postmaster/core/features/config/without-secrets.ts";
import { logSymbols } from "@postmaster/core/features/log-symbols.ts";
import type { OpenLog } from "@postmaster/core/features/open-log.ts";
import { type MailEnd, mailOutline } from "@postmaster/core/features/trace/mail-outline.ts";
import type { LogDocument } from "@postmaster/core/log/log-document.ts";
import { truncate } from "@postmaster/core/text/truncate.ts";
import { visibleText } from "@postmaster/core/text/visible-text.ts";
import {
  type CancellationToken,
  type DocumentSymbol,
  type DocumentSymbolParams,
  type Range,
  SymbolKind,
} from "vscode-languageserver";
import { type LineMap, rangeInLine } from "../positions.ts";
import type { Session } from "../session.ts";

/** An outline: of a log its problems by kind and its mails by outcome, of a configuration file its entries. */
export async function onDocumentSymbol(
  session: Session,
  { textDocument }: DocumentSymbolParams,
  token: CancellationToken,
): Promise<DocumentSymbol[]> {
  const document = session.documents.get(textDocument.uri);
  if (document?.kind === "log") return logOutline(document.log);
  const snapshot = await session.snapshots.of(textDocument.uri, token);
  if (snapshot === null) return [];
  const { context, lines } = snapshot;
  const shown = secretsHidden(context);
  return outline(context.document).map((entry) => toSymbol(entry, lines, shown));
}

export const ENTRY_KIND: Readonly<Record<OutlineEntry["kind"], SymbolKind>> = {
  parameter: SymbolKind.Property,
  service: SymbolKind.Interface,
  key: SymbolKind.Key,
};

function toSymbol(entry: OutlineEntry, lines: LineMap, shown: (text: string) => string): DocumentSymbol {
  return {
    name: shown(entry.name),
    detail: shown(entry.detail),
    kind: ENTRY_KIND[entry.kind],
    range: lines.rangeOf(entry.span),
    selectionRange: lines.rangeOf(entry.nameSpan),
    children: entry.children.map((child) => toSymbol(child, lines, shown)),
  };
}

const LONGEST_GROUP = 200;

const END_WORDS: readonly (readonly [MailEnd, string])[] = [
  ["returned", "Mails returned to the sender"],
  ["deferred", "Mails put off"],
  ["accepted", "Mails accepted by the next hop"],
  ["none", "Mails without a delivery"],
];

/** Problems by entry, then mails by what became of them. */
function logOutline(log: OpenLog): DocumentSymbol[] {
  return [...problemGroups(log), ...mailGroups(log)];
}

function mailGroups(log: OpenLog): DocumentSymbol[] {
  const { from, mails } = mailOutline(log);
  const where = from === 0 ? "" : `, from line ${from + 1} on`;
  return END_WORDS.flatMap(([end, title]) => {
    const group = mails.filter((mail) => mail.end === end);
    const children = group.slice(0, LONGEST_GROUP).map((mail) => {
      const range = rangeInLine(mail.first, { start: 0, end: log.lineText(mail.first).length });
      const detail = `line ${mail.first + 1}`;
      return { name: mail.queueId, detail, kind: SymbolKind.Object, range, selectionRange: range };
    });
    const first = children[0]?.range;
    if (first === undefined) return [];
    const range = enclosing(first, children.at(-1)?.range ?? first);
    const detail = `${group.length}${where}`;
    return [{ name: title, detail, kind: SymbolKind.Namespace, range, selectionRange: first, children }];
  });
}

function problemGroups(log: LogDocument): DocumentSymbol[] {
  return logSymbols(log.problems()).map((group) => {
    const children = group.lines.map((line) => lineSymbol(line, log.lineText(line), log.line(line).message.value));
    const first = children[0]?.range ?? rangeInLine(0, { start: 0, end: 0 });
    return {
      name: group.title,
      detail: String(group.count),
      kind: SymbolKind.Event,
      range: enclosing(first, children.at(-1)?.range ?? first),
      selectionRange: first,
      children,
    };
  });
}

function lineSymbol(line: number, text: string, message: string): DocumentSymbol {
  const range = rangeInLine(line, { start: 0, end: text.length });
  const name = visibleText(truncate(message.trim(), 120));
  return {
    name: name === "" ? `line ${line + 1}` : name,
    detail: `line ${line + 1}`,
    kind: SymbolKind.Event,
    range,
    selectionRange: range,
  };
}

function enclosing(first: Range, last: Range): Range {
  return { start: first.start, end: last.end };
}
