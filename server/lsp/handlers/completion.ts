import { completion } from "@postmaster/core/features/config/completion.ts";
import type { Suggestion, SuggestionKind, SuggestionTopic } from "@postmaster/core/features/config/suggestion.ts";
import { topicMarkdown } from "@postmaster/core/features/config/topic-markdown.ts";
import { secretsHidden } from "@postmaster/core/features/config/without-secrets.ts";
import { oncePer } from "@postmaster/core/memory/remember.ts";
import { visibleText } from "@postmaster/core/text/visible-text.ts";
import {
  type CancellationToken,
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  type CompletionParams,
  InsertTextFormat,
} from "vscode-languageserver";
import type { ClientAbilities } from "../client-abilities.ts";
import { markup } from "../markup.ts";
import type { CommonData } from "../protocol.ts";
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
  { snapshots, client }: Session,
  { textDocument, position }: CompletionParams,
  token: CancellationToken,
): Promise<CompletionItem[] | CompletionList> {
  const snapshot = await snapshots.of(textDocument.uri, token);
  if (snapshot === null) return [];
  const { context, lines, port } = snapshot;
  const found = await completion(context, lines.offsetAt(position), port);
  const range = lines.rangeOf(found.span);
  // Lists have more than a thousand items, and to write them down is most of the work: what editors let us say once is said once.
  const editRange = client.itemDefaults.has("editRange") ? range : null;
  const kind = client.itemDefaults.has("data") ? commonKind(found.all) : null;
  const end = client.options.addsCommonEnd && editRange !== null && kind !== null ? commonEnd(found.all) : null;
  const data: string | CommonData | null = kind === null || end === null ? kind : { kind, end };
  const shown = secretsHidden(context);
  const itemOf = end === null ? itemsFor(client) : shortItemsFor(client);
  const items = found.all.map((one) => {
    const item = withoutSecrets(itemOf(one), one, client, shown);
    if (editRange !== null && (data !== null || one.topic === null)) return item;
    return {
      ...item,
      ...(editRange === null ? { textEdit: { range, newText: insertedText(one, client) } } : {}),
      ...(data !== null || one.topic === null ? {} : { data: `${one.topic.kind} ${one.topic.name}` }),
    };
  });
  if (editRange === null && data === null) return items;
  const itemDefaults = { ...(editRange === null ? {} : { editRange }), ...(data === null ? {} : { data }) };
  return { isIncomplete: false, itemDefaults, items };
}

/** Each of the suggestions is the name of one of these; null where that is not so. */
function commonKind(found: readonly Suggestion[]): SuggestionTopic["kind"] | null {
  const kind = found[0]?.topic?.kind ?? null;
  return found.every(({ topic, label }) => topic?.kind === kind && topic.name === label) ? kind : null;
}

/** What each of the suggestions inserts behind its name; null where they differ, or for a text with places to fill in. */
function commonEnd(found: readonly Suggestion[]): string | null {
  const [first] = found;
  if (first === undefined || !first.text.startsWith(first.label)) return null;
  const end = first.text.slice(first.label.length);
  const endsSo = ({ label, text, snippet }: Suggestion): boolean =>
    snippet === null &&
    text.length === label.length + end.length &&
    text.startsWith(label) &&
    text.endsWith(end) &&
    visibleText(label) === label;
  return end !== "" && found.every(endsSo) ? end : null;
}

export function onCompletionResolve(session: Session, item: CompletionItem): CompletionItem {
  const topic = readTopic(item);
  const page = topic === null ? null : topicMarkdown(topic);
  return page === null ? item : { ...item, documentation: markup(session.client, page) };
}

/** Items as one editor has them, but for what depends on where they are asked for. A suggestion that comes again has its item. */
const itemsFor = oncePer((client: ClientAbilities) => oncePer((one: Suggestion) => toItem(one, client)));

/** The same without what they insert: the client adds what they have in common. */
const shortItemsFor = oncePer((client: ClientAbilities) =>
  oncePer((one: Suggestion): CompletionItem => {
    const { textEditText: _, ...item } = toItem(one, client);
    return item;
  }),
);

function toItem(one: Suggestion, client: ClientAbilities): CompletionItem {
  // Names come from files that may be somebody else's: one that turns the text around it must not look like another.
  const label = visibleText(one.label);
  const newText = insertedText(one, client);
  return {
    label,
    ...(label === one.label ? {} : { filterText: one.label }),
    kind: KINDS[one.kind],
    // VS Code orders what is equal by label; what other editors do with it nobody says.
    sortText: client.options.clientCommands ? `${one.rank}` : `${one.rank}${one.label}`,
    // Without a text the label is what is inserted.
    ...(newText === label || !client.itemDefaults.has("editRange") ? {} : { textEditText: newText }),
    ...(isSnippet(one, client) ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    ...(one.detail === "" ? {} : { detail: visibleText(one.detail) }),
    ...(one.isDeprecated ? { tags: [CompletionItemTag.Deprecated] } : {}),
  };
}

function insertedText(one: Suggestion, client: ClientAbilities): string {
  return isSnippet(one, client) ? (one.snippet ?? one.text) : one.text;
}

function isSnippet({ snippet }: Suggestion, { fillsSnippets }: ClientAbilities): boolean {
  return snippet !== null && fillsSnippets;
}

function withoutSecrets(
  item: CompletionItem,
  one: Suggestion,
  client: ClientAbilities,
  shown: (text: string) => string,
): CompletionItem {
  const label = shown(one.label);
  const detail = shown(one.detail);
  if (label === one.label && detail === one.detail) return item;
  const made = toItem({ ...one, label, detail, text: insertedText(one, client) }, client);
  return label === one.label ? made : { ...made, filterText: one.label };
}

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
  const sent: unknown = data;
  const said = typeof sent === "object" && sent !== null && "kind" in sent ? sent.kind : sent;
  if (typeof said !== "string") return null;
  const [first = "", ...rest] = said.split(" ");
  const kind = TOPICS.find((topic) => topic === first);
  if (kind === undefined) return null;
  return { kind, name: rest.length === 0 ? (filterText ?? label) : rest.join(" ") };
}
