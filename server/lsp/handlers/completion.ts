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
  type CompletionList,
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
): Promise<CompletionItem[] | CompletionList> {
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
  const common = commonOf(found, session);
  const items = found.map((one) => toItem(one, common, rangeOf, session, shown));
  const { span: editSpan, topic } = common;
  if (editSpan === null && topic === null) return items;
  const itemDefaults = {
    ...(editSpan === null ? {} : { editRange: rangeOf(editSpan) }),
    ...(topic === null ? {} : { data: topic }),
  };
  return { isIncomplete: false, itemDefaults, items };
}

/** What is said once for a whole list. */
interface Common {
  /** What most of the suggestions replace. */
  readonly span: Suggestion["span"] | null;
  /** Each of the suggestions is the name of one of these. */
  readonly topic: SuggestionTopic["kind"] | null;
}

/** Lists have more than a thousand items, and to write them down is most of the work: what editors let us say once is said once. */
function commonOf(found: readonly Suggestion[], { client }: Session): Common {
  const [first] = found;
  if (first === undefined) return { span: null, topic: null };
  const kind = first.topic?.kind ?? null;
  const isNamed = ({ topic, label }: Suggestion): boolean => topic?.kind === kind && topic.name === label;
  return {
    span: client.itemDefaults.has("editRange") ? first.span : null,
    topic: kind !== null && client.itemDefaults.has("data") && found.every(isNamed) ? kind : null,
  };
}

export function onCompletionResolve(session: Session, item: CompletionItem): CompletionItem {
  const topic = readTopic(item);
  const page = topic === null ? null : topicMarkdown(topic);
  return page === null ? item : { ...item, documentation: markup(session.client, page) };
}

function toItem(
  one: Suggestion,
  common: Common,
  rangeOf: (at: Suggestion["span"]) => Range,
  { client }: Session,
  shown: (text: string) => string,
): CompletionItem {
  const isSnippet = one.snippet !== null && client.fillsSnippets;
  // Names come from files that may be somebody else's: one that turns the text around it must not look like another.
  const label = visibleText(shown(one.label));
  const newText = isSnippet ? (one.snippet ?? one.text) : one.text;
  const edit =
    one.span === common.span ? { textEditText: newText } : { textEdit: { range: rangeOf(one.span), newText } };
  return {
    label,
    ...(label === one.label ? {} : { filterText: one.label }),
    kind: KINDS[one.kind],
    // VS Code orders what is equal by label; what other editors do with it nobody says.
    sortText: client.options.clientCommands ? `${one.rank}` : `${one.rank}${one.label}`,
    // Without a text the label is what is inserted.
    ...(newText === label && one.span === common.span ? {} : edit),
    ...(isSnippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    ...(one.detail === "" ? {} : { detail: visibleText(shown(one.detail)) }),
    ...(one.isDeprecated ? { tags: [CompletionItemTag.Deprecated] } : {}),
    ...(one.goesOn && client.options.clientCommands ? { command: GO_ON } : {}),
    ...(one.topic === null || common.topic !== null ? {} : { data: `${one.topic.kind} ${one.topic.name}` }),
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

/** Data comes back from the editor: it is checked like anything from outside. A kind alone is the whole list's; the name is the item's own. */
function readTopic({ data, label, filterText }: CompletionItem): SuggestionTopic | null {
  if (typeof data !== "string") return null;
  const [first = "", ...rest] = data.split(" ");
  const kind = TOPICS.find((topic) => topic === first);
  if (kind === undefined) return null;
  return { kind, name: rest.length === 0 ? (filterText ?? label) : rest.join(" ") };
}
