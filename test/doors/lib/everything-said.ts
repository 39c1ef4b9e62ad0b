import type { TestClient } from "../../server/client.ts";

/** A text that the server sent for people to read, and where it stood in which answer. */
export interface Said {
  readonly at: string;
  readonly text: string;
}

/** Everything that the server says about documents. */
export interface Sayings {
  readonly markdown: readonly Said[];
  readonly plain: readonly Said[];
  /** What can be clicked. */
  readonly addresses: readonly Said[];
}

/** Places asked about in one line, spread over it. */
const MOST_PLACES = 12;

interface Collected {
  readonly markdown: Said[];
  readonly plain: Said[];
  readonly addresses: Said[];
}

/** Keys whose values are the document's own text, names of things, or for machines: never shown. */
const NOT_SHOWN = new Set([
  "code",
  "command",
  "commands",
  "contentFormat",
  "data",
  "edit",
  "filterText",
  "fixId",
  "id",
  "kind",
  "newText",
  "placeholder",
  "sortText",
  "source",
  "tags",
  "textEdit",
  "textEditText",
]);
const ADDRESSES = new Set(["href", "target", "uri"]);

/** Asks for every feature at every place of open documents. `explain`: also about each line as a text of its own, which is quoted back. */
export async function everythingSaid(
  client: TestClient,
  uris: readonly string[],
  { explain } = { explain: true },
): Promise<Sayings> {
  const into: Collected = { markdown: [], plain: [], addresses: [] };
  for (const uri of uris) {
    for (const method of ["documentSymbol", "documentLink", "codeLens", "foldingRange"]) {
      collect(into, method, await client.request(`textDocument/${method}`, uri));
    }
    collect(into, "diagnostics", await client.diagnostics(uri));
    collect(into, "status", await client.ask("postmaster/status", { uri }));
    const lines = client.text(uri).split(/\r\n|\n|\r/);
    const range = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
    collect(into, "inlayHint", await client.request("textDocument/inlayHint", uri, { range }));
    for (const [line, text] of lines.entries()) {
      await askAboutLine(into, client, uri, line, text);
      if (explain) collect(into, "explain", await client.ask("postmaster/explain", { text }), "markdown");
    }
  }
  collect(into, "workspace/symbol", await client.request("workspace/symbol", uris[0] ?? "", { query: "" }));
  for (const message of [...client.messages, ...client.log]) into.plain.push({ at: "a message", text: message });
  return into;
}

/** Asks in the middle of each word. */
async function askAboutLine(into: Collected, client: TestClient, uri: string, line: number, text: string) {
  const diagnostics = (await client.diagnostics(uri)).filter(({ range }) => range.start.line === line);
  for (const action of await client.actions(uri, line, diagnostics)) {
    collect(into, "codeAction", { title: action.title, arguments: action.command?.arguments ?? [] });
    const { edit } = await client.resolve(action);
    collect(into, "codeAction", edit?.changeAnnotations ?? {});
  }
  const places = [...text.matchAll(/[\w.$<[\]`]+|\S+/g)].map(
    ({ 0: word, index }) => index + Math.floor(word.length / 2),
  );
  const step = Math.ceil(places.length / MOST_PLACES);
  for (const character of places.filter((_, index) => index % step === 0)) {
    const position = { line, character };
    for (const method of ["hover", "completion", "signatureHelp"]) {
      collect(into, method, await client.request(`textDocument/${method}`, uri, { position }));
    }
  }
}

/** Walks an answer. `markdown` names a key whose text is Markdown without saying so. */
function collect(into: Collected, at: string, value: unknown, markdown: string | null = null): void {
  if (Array.isArray(value)) {
    for (const one of value) collect(into, at, one, markdown);
    return;
  }
  if (typeof value === "string") {
    into.plain.push({ at, text: value });
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const fields: Readonly<Record<string, unknown>> = { ...value };
  if (fields["kind"] === "markdown" && typeof fields["value"] === "string") {
    into.markdown.push({ at, text: fields["value"] });
    return;
  }
  for (const [key, field] of Object.entries(fields)) {
    if (key === "changeAnnotations" || !NOT_SHOWN.has(key) || (key === "command" && typeof field === "object")) {
      if (ADDRESSES.has(key) && typeof field === "string") into.addresses.push({ at: `${at} ${key}`, text: field });
      else if (key === markdown && typeof field === "string") into.markdown.push({ at, text: field });
      else collect(into, `${at} ${key}`, field, markdown);
    }
  }
}
