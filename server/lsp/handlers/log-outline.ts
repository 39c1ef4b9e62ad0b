import { logSymbols } from "@postmaster/core/features/log-symbols.ts";
import type { OpenLog } from "@postmaster/core/features/open-log.ts";
import { firstOutlined, type MailEnd, mailOutline } from "@postmaster/core/features/trace/mail-outline.ts";
import type { ProblemLine } from "@postmaster/core/log/log-document.ts";
import { truncate } from "@postmaster/core/text/truncate.ts";
import { visibleText } from "@postmaster/core/text/visible-text.ts";
import { type CancellationToken, type DocumentSymbol, type Range, SymbolKind } from "vscode-languageserver";
import { stopIfCancelled } from "../failure.ts";
import { inTurns } from "../in-turns.ts";
import { logWithProblems } from "../open-logs.ts";
import { rangeInLine } from "../positions.ts";
import type { Session } from "../session.ts";

const LONGEST_GROUP = 200;

const END_WORDS: readonly (readonly [MailEnd, string])[] = [
  ["returned", "Mails returned to the sender"],
  ["deferred", "Mails put off"],
  ["accepted", "Mails accepted by the next hop"],
  ["none", "Mails without a delivery"],
];

/** Problems by entry, then mails by what became of them. Editors ask for it unasked, after each change: the lines are read in turns, and once. */
export async function logOutline(session: Session, uri: string, token: CancellationToken): Promise<DocumentSymbol[]> {
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- an outline is of one text: if another came meanwhile, of that
    const document = await logWithProblems(session, uri, token);
    if (document === null) return [];
    const isSame = (): boolean => session.documents.get(uri) === document && !token.isCancellationRequested;
    // oxlint-disable-next-line no-await-in-loop -- the same
    await inTurns(reading(document.log), isSame);
    stopIfCancelled(token);
    if (isSame()) return [...problemGroups(document.log), ...mailGroups(document.log)];
  }
}

function* reading(log: OpenLog): Generator<void> {
  yield* log.ids.readingFrom(firstOutlined(log));
  for (const { problems } of logSymbols(log.problems())) {
    for (const problem of problems) {
      nameOf(log, problem);
      yield;
    }
  }
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
    const detail = `${group.length}${where}`;
    return [{ name: title, detail, kind: SymbolKind.Namespace, ...groupAt(first), children }];
  });
}

function problemGroups(log: OpenLog): DocumentSymbol[] {
  return logSymbols(log.problems()).map((group) => {
    const children = group.problems.map((problem) => lineSymbol(log, problem));
    const first = children[0]?.range ?? rangeInLine(0, { start: 0, end: 0 });
    return {
      name: group.title,
      detail: String(group.count),
      kind: SymbolKind.Event,
      ...groupAt(first),
      children,
    };
  });
}

function lineSymbol(log: OpenLog, problem: ProblemLine): DocumentSymbol {
  const { line } = problem;
  const range = rangeInLine(line, { start: 0, end: log.lineText(line).length });
  const name = nameOf(log, problem);
  return {
    name: name === "" ? `line ${line + 1}` : name,
    detail: `line ${line + 1}`,
    kind: SymbolKind.Event,
    range,
    selectionRange: range,
  };
}

/** What a line says, wherever it moves. */
const names = new WeakMap<ProblemLine, string>();

function nameOf(log: OpenLog, problem: ProblemLine): string {
  const known = names.get(problem);
  if (known !== undefined) return known;
  const name = visibleText(truncate(log.line(problem.line).message.value.trim(), 120));
  names.set(problem, name);
  return name;
}

/** A group lies where its first line is. What stands between its lines belongs to others: editors name the cursor's place after these ranges. */
function groupAt(first: Range): Pick<DocumentSymbol, "range" | "selectionRange"> {
  return { range: first, selectionRange: first };
}
