import type { EditOffer, FixOffer } from "@postmaster/core/fixes/fix-offer.ts";
import {
  type AnnotatedTextEdit,
  type ChangeAnnotation,
  type CodeAction,
  CodeActionKind,
  type Command,
  type Diagnostic,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { ClientAbilities } from "./client-abilities.ts";
import { toTextEdits } from "./positions.ts";
import type { CommandArguments } from "./protocol.ts";

/** Where an offer came from, and how to ask for it again. */
export interface OfferPlace {
  readonly uri: string;
  readonly line: number;
  readonly fixId: string;
  readonly diagnostics: readonly Diagnostic[];
  /** The configuration is the running one of this machine. */
  readonly onLogHost: boolean;
}

/** What an action carries until it is chosen. The title: what its user agreed to. */
export interface OfferData {
  readonly uri: string;
  readonly line: number;
  readonly fixId: string;
  readonly title: string;
}

/**
 * The actions for one offer: the change itself and, where there are commands for it, "Copy as commands". Edits are left to
 * `codeAction/resolve`.
 */
export function codeActions(offer: FixOffer, place: OfferPlace, client: ClientAbilities): readonly CodeAction[] {
  const base = { kind: CodeActionKind.QuickFix, diagnostics: [...place.diagnostics] };
  const copy = offer.commands.length === 0 ? [] : [{ ...base, ...copyAction(offer, place, offer.kind === "commands") }];
  switch (offer.kind) {
    case "edit": {
      const obstacle = editObstacle(offer, client);
      if (obstacle !== null) return [whyNot(base, offer.title, obstacle), ...copy];
      const data: OfferData = { uri: place.uri, line: place.line, fixId: place.fixId, title: offer.title };
      return [{ ...base, title: shownTitle(offer), isPreferred: offer.safety === "safe", data }, ...copy];
    }
    case "ask": {
      if (!client.options.clientCommands) {
        return [whyNot(base, offer.title, `One thing must be known first: ${offer.question.prompt}`), ...copy];
      }
      const { uri, line, fixId } = place;
      const ask = command("postmaster.askThenFix", offer.title, { fixId, uri, line, question: offer.question });
      return [{ ...base, title: `${shownTitle(offer)} …`, command: ask }, ...copy];
    }
    case "lines": {
      const { title, fileName, text, reason } = offer;
      return [
        { ...base, title, command: command("postmaster.showLines", title, { title, fileName, text, reason }) },
        ...copy,
      ];
    }
    case "commands":
      return copy;
    case "withheld":
      return [whyNot(base, offer.title, offer.reason)];
    default:
      return offer satisfies never;
  }
}

/**
 * An offer's title with what its reader must know before choosing it: how safe it is, and what has to be run afterwards. It stands before the
 * files, for a menu cuts off what is long.
 */
function shownTitle(offer: FixOffer): string {
  const { title, summary = title, safety, after } = offer;
  const steps = after.map((step) => (step.kind === "restart" ? `restart ${step.service}` : step.kind));
  const told = [safety, ...new Set(steps)].join(", then ");
  return `${summary} (${told}${copyNote(offer)})${title.slice(summary.length)}`;
}

/** That choosing an offer copies commands, and why it does. */
function copyNote(offer: FixOffer): string {
  if (offer.kind !== "commands") return "";
  const why = offer.locked === undefined ? "" : `, ${offer.locked} is not writable here`;
  return `${why}: copies commands`;
}

/** Why an edit offer cannot be an edit in this editor; null if it can. */
export function editObstacle(offer: EditOffer, client: ClientAbilities): string | null {
  if (offer.safety === "risky" && !client.hasChangeAnnotations) {
    const instead = offer.commands.length === 0 ? "Make it by hand." : "Take the commands.";
    return `It weakens a check, and this editor cannot ask before it applies such a change. ${instead}`;
  }
  return null;
}

/** The offer's edits, against the very texts it was computed from. Review and risky ones wait for their owner's tick. */
export function workspaceEdit(offer: EditOffer, client: ClientAbilities): WorkspaceEdit {
  if (!client.hasDocumentChanges) {
    return {
      changes: Object.fromEntries(offer.files.map(({ file, edits }) => [file.uri, toTextEdits(file, edits)])),
    };
  }
  const annotated = offer.safety !== "safe" && client.hasChangeAnnotations;
  const mark = (edit: TextEdit): TextEdit | AnnotatedTextEdit =>
    annotated ? { ...edit, annotationId: ANNOTATION } : edit;
  const documentChanges: TextDocumentEdit[] = offer.files.map(({ file, edits }) => ({
    textDocument: { uri: file.uri, version: file.version },
    edits: toTextEdits(file, edits).map(mark),
  }));
  return annotated
    ? { documentChanges, changeAnnotations: { [ANNOTATION]: annotationOf(offer) } }
    : { documentChanges };
}

/** A command with its argument, as the protocol types it. */
export function command<Name extends keyof CommandArguments>(
  name: Name,
  title: string,
  argument: CommandArguments[Name],
): Command {
  return { title, command: name, arguments: [argument] };
}

const ANNOTATION = "postmaster";

function annotationOf(offer: EditOffer): ChangeAnnotation {
  const label = offer.safety === "risky" ? `Risky: ${offer.title}` : offer.title;
  return { label, description: `Tick to apply. ${offer.cost}`.trim(), needsConfirmation: true };
}

function copyAction(offer: FixOffer, place: OfferPlace, isAll: boolean): Pick<CodeAction, "title" | "command"> {
  const title = isAll ? shownTitle(offer) : `Copy as commands: ${offer.summary ?? offer.title}`;
  const argument = { title: offer.title, commands: offer.commands, onLogHost: place.onLogHost };
  return { title, command: command("postmaster.copyCommands", title, argument) };
}

/** An action that changes nothing and says why: a disabled one is hidden by most editors until somebody looks for it. */
function whyNot(base: Pick<CodeAction, "kind" | "diagnostics">, title: string, reason: string): CodeAction {
  const shown = `Why there is no fix here: ${title}`;
  return { ...base, title: shown, command: command("postmaster.showReason", shown, { title, reason }) };
}
