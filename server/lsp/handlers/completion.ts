import { completion } from "@postmaster/core/features/config/completion.ts";
import type { Suggestion, SuggestionKind, SuggestionTopic } from "@postmaster/core/features/config/suggestion.ts";
import { topicMarkdown } from "@postmaster/core/features/config/topic-markdown.ts";
import { secretsHidden } from "@postmaster/core/features/config/without-secrets.ts";
import { visibleText } from "@postmaster/core/text/visible-text.ts";
import {
  type CancellationToken,
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionParams,
  InsertTextFormat,
  type Range,
} from "vscode-languageserver";
import { markup } from "../markup.ts";
import type { Session } from "../session.ts";

const KINDS: Readonly<Record<SuggestionKind, CompletionItemKind>> = {
  parameter: CompletionItemKind.Property,
  own: CompletionItemKind.Variable,
  restriction: CompletionItemKind.Function,
  class: CompletionItemKind.Class,
  word: CompletionItemKind.EnumMember,
  "table-type": CompletionItemKind.TypeParameter,
  action: CompletionItemKind.Keyword,
  service: CompletionItemKind.Interface,
  program: CompletionItemKind.Module,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
};

/** What may be written at the cursor. Its documentation comes when it is looked at. */
export async function onCompletion(
  session: Session,
  { textDocument, position }: CompletionParams,
  token: CancellationToken,
): Promise<CompletionItem[]> {
  const snapshot = await session.snapshots.of(textDocument.uri, token);
  if (snapshot === null) return [];
  const { context, lines, port } = snapshot;
  const found = await completion(context, lines.offsetAt(position), port);
  const shown = secretsHidden(context);
  // Most suggestions of a list replace one and the same text.
  const ranges = new Map<Suggestion["span"], Range>();
  const rangeOf = (at: Suggestion["span"]): Range => {
    const range = ranges.get(at) ?? lines.rangeOf(at);
    ranges.set(at, range);
    return range;
  };
  return found.map((one) => toItem(one, rangeOf, session, shown));
}

export function onCompletionResolve(session: Session, item: CompletionItem): CompletionItem {
  const topic = readTopic(item.data);
  const page = topic === null ? null : topicMarkdown(topic);
  return page === null ? item : { ...item, documentation: markup(session.client, page) };
}

function toItem(
  one: Suggestion,
  rangeOf: (at: Suggestion["span"]) => Range,
  { client }: Session,
  shown: (text: string) => string,
): CompletionItem {
  const isSnippet = one.snippet !== null && client.fillsSnippets;
  // Names come from files that may be somebody else's: one that turns the text around it must not look like another.
  const label = visibleText(shown(one.label));
  return {
    label,
    ...(label === one.label ? {} : { filterText: one.label }),
    kind: KINDS[one.kind],
    sortText: `${one.rank}${one.label}`,
    textEdit: { range: rangeOf(one.span), newText: isSnippet ? (one.snippet ?? one.text) : one.text },
    ...(isSnippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    ...(one.detail === "" ? {} : { detail: visibleText(shown(one.detail)) }),
    ...(one.isDeprecated ? { tags: [CompletionItemTag.Deprecated] } : {}),
    ...(one.goesOn && client.options.clientCommands ? { command: GO_ON } : {}),
    ...(one.topic === null ? {} : { data: `${one.topic.kind} ${one.topic.name}` }),
  };
}

/** VS Code's own: asks for what comes next. */
const GO_ON = { title: "", command: "editor.action.triggerSuggest" };

const TOPICS = [
  "parameter",
  "restriction",
  "table-type",
  "program",
  "column",
  "access-action",
  "checks-action",
  "client-key",
] as const;

/** Data comes back from the editor: it is checked like anything from outside. */
function readTopic(data: unknown): SuggestionTopic | null {
  if (typeof data !== "string") return null;
  const blank = data.indexOf(" ");
  const kind = TOPICS.find((topic) => topic === data.slice(0, blank));
  return kind === undefined ? null : { kind, name: data.slice(blank + 1) };
}
