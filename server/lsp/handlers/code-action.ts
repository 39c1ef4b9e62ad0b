import { hasFixes } from "@postmaster/core/features/has-fixes.ts";
import { isRefusal } from "@postmaster/core/features/refusal/setting-of-line.ts";
import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type Position,
} from "vscode-languageserver";
import { lineTextOf, type OpenDocument } from "../documents.ts";
import { fixIdOf } from "../fix-id.ts";
import { offersFor, performFix } from "../fixes.ts";
import type { Session } from "../session.ts";
import { tellUser } from "../tell-user.ts";
import { codeActions, command, type OfferData } from "../to-lsp.ts";
import { fixAllAction, wantsFixAll } from "./fix-all.ts";

/** A selection over a whole log asks for fixes of its first problems, not of all. */
const MOST_LINES = 3;
const LONGEST_LOOK = 200;

/** The fixes for the lines of a range. Their edits are computed when one is chosen. */
export async function onCodeAction(
  session: Session,
  params: CodeActionParams,
  token: CancellationToken,
): Promise<CodeAction[]> {
  const uri = params.textDocument.uri;
  const document = session.documents.get(uri);
  if (document === null) return [];
  const actions = wantsFixAll(params.context.only) ? await fixAllAction(session, uri, token) : [];
  if (!wantsQuickFixes(params)) return actions;
  actions.push(...traceActions(session, document, params.range.start));
  actions.push(...settingActions(session, document, params.range.start.line));
  for (const line of linesWithFixes(document, params)) {
    const computed = await offersFor(session, { uri, line, answers: {} }, token);
    if (computed === null) continue;
    const lineText = lineTextOf(document, line);
    const diagnostics = diagnosticsOn(params.context.diagnostics, line);
    for (const offer of computed.offers) {
      const fixId = fixIdOf(computed.offers, offer, lineText);
      const place = { uri, line, fixId, diagnostics, onLogHost: computed.surroundings.onThisMachine };
      actions.push(...codeActions(offer, place, session.client));
    }
  }
  return session.client.resolvesEdits
    ? actions
    : Promise.all(actions.map((action) => onResolve(session, action, token)));
}

/** On a queue id: the story of its mail. */
function traceActions({ client }: Session, document: OpenDocument, at: Position): CodeAction[] {
  if (document.kind !== "log" || !client.options.clientCommands) return [];
  if (!document.log.ids.isAt(at.line, at.character)) return [];
  const title = "Trace this mail";
  const place = { uri: document.uri, line: at.line, character: at.character };
  return [{ title, kind: CodeActionKind.Empty, command: command("postmaster.traceMail", title, place) }];
}

/** On a refusal: what in the configuration said it. */
function settingActions({ client }: Session, document: OpenDocument, line: number): CodeAction[] {
  if (document.kind !== "log" || !client.options.clientCommands || !isRefusal(document.log.line(line))) return [];
  const title = "Go to the setting that did this";
  const place = { uri: document.uri, line };
  return [{ title, kind: CodeActionKind.Empty, command: command("postmaster.goToSetting", title, place) }];
}

/** The first lines of the range that are worth reading a configuration for. */
function linesWithFixes(document: OpenDocument, { range, context }: CodeActionParams): readonly number[] {
  const lines: number[] = [];
  const lineCount = document.kind === "log" ? document.log.lineCount : document.text.lineCount;
  const last = Math.min(range.end.line, range.start.line + LONGEST_LOOK, lineCount - 1);
  for (let line = range.start.line; line <= last && lines.length < MOST_LINES; line += 1) {
    const wanted =
      document.kind === "log" ? hasFixes(document.log.line(line)) : diagnosticsOn(context.diagnostics, line).length > 0;
    if (wanted) lines.push(line);
  }
  return lines;
}

/** The edit of a chosen action, and the word on what to do after it. An action that no longer fits comes back without an edit, and the user is told. */
export async function onResolve(session: Session, action: CodeAction, token: CancellationToken): Promise<CodeAction> {
  const wanted = readData(action.data);
  if (wanted === null) return action;
  const result = await performFix(session, { ...wanted, answers: {} }, token);
  const isSame = result.title === wanted.title;
  if (result.edit === null || result.after === null || !isSame) {
    tellUser(session.connection, "warning", result.problem ?? CHANGED);
    return action;
  }
  return { ...action, edit: result.edit, command: command("postmaster.afterFix", action.title, result.after) };
}

const CHANGED = "The configuration has changed, and the fix would now be another one. Nothing was edited; ask again.";

function wantsQuickFixes(params: CodeActionParams): boolean {
  const { only } = params.context;
  return only === undefined || only.some((kind) => kind === "" || kind === CodeActionKind.QuickFix);
}

function diagnosticsOn(diagnostics: readonly Diagnostic[], line: number): readonly Diagnostic[] {
  return diagnostics.filter(({ source, range }) => source === "postmaster" && range.start.line === line);
}

/** Data comes back from the editor: it is checked like anything from outside. */
function readData(data: unknown): OfferData | null {
  if (typeof data !== "object" || data === null) return null;
  const fields: Readonly<Record<string, unknown>> = { ...data };
  const { uri, line, fixId, title } = fields;
  if (typeof uri !== "string" || typeof line !== "number") return null;
  return typeof fixId === "string" && typeof title === "string" ? { uri, line, fixId, title } : null;
}
