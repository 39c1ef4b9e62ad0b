import assert from "node:assert/strict";
import { test } from "node:test";
import { type DocumentHighlight, type Location, MarkupContent } from "vscode-languageserver";
import { startClient, type TestClient } from "./client.ts";

const URI = "file:///var/log/nowhere/mail.log";
const ID = "1A2B3C4D5E";
const NEXT = "2A2B3C4D5E";
const line = (rest: string): string => `Nov 22 10:00:00 mx1 postfix/${rest}`;
const LOG = [
  line(`smtpd[1]: ${ID}: client=a.example[192.0.2.1]`),
  line(`cleanup[2]: ${ID}: message-id=<m1@a.example>`),
  line(`qmgr[3]: ${ID}: from=<s*@a.example>, size=1, nrcpt=2 (queue active)`),
  line(`smtpd[4]: ${NEXT}: client=localhost[127.0.0.1]`),
  line(
    `smtp[5]: ${ID}: to=<y@b.example>, relay=127.0.0.1[127.0.0.1]:10024, delay=1, delays=1/0/0/0, dsn=2.0.0, status=sent (250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as ${NEXT})`,
  ),
  line(
    `smtp[5]: ${ID}: to=<z@c.example>, relay=none, delay=1, delays=1/0/0/0, dsn=4.4.1, status=deferred (connect to c.example[192.0.2.8]:25: Connection refused)`,
  ),
  "",
];

async function opened(): Promise<TestClient> {
  const client = await startClient();
  await client.open(URI, "postfix-log", LOG.join("\n"));
  return client;
}

/** The place of an id's last letter but one on a line. */
const on = (at: number, id: string) => ({ position: { line: at, character: (LOG[at] ?? "").lastIndexOf(id) + 8 } });
const linesOf = (places: readonly (Location | DocumentHighlight)[]): readonly number[] =>
  places.map(({ range }) => range.start.line);

test("from any line of a mail to its first, to all, and to the next mail", async () => {
  await using client = await opened();
  const definition = (at: number, id: string): Promise<Location[]> =>
    client.request("textDocument/definition", URI, on(at, id));
  const start = (LOG[0] ?? "").indexOf(ID);
  const range = { start: { line: 0, character: start }, end: { line: 0, character: start + ID.length } };
  assert.deepEqual(await definition(5, ID), [{ uri: URI, range }]);
  assert.deepEqual(linesOf(await definition(4, NEXT)), [3], "the mail that a reply names");
  assert.deepEqual(await client.request("textDocument/definition", URI, { position: { line: 5, character: 3 } }), []);

  const references = (includeDeclaration: boolean): Promise<Location[]> =>
    client.request("textDocument/references", URI, { ...on(2, ID), context: { includeDeclaration } });
  assert.deepEqual(linesOf(await references(true)), [0, 1, 2, 4, 5]);
  assert.deepEqual(linesOf(await references(false)), [1, 2, 4, 5]);
  assert.deepEqual(linesOf(await client.request("textDocument/documentHighlight", URI, on(3, NEXT))), [3, 4]);
});

test("what is appended is known at once", async () => {
  await using client = await opened();
  const highlights = async (): Promise<readonly number[]> =>
    linesOf(await client.request<DocumentHighlight[]>("textDocument/documentHighlight", URI, on(0, ID)));
  assert.deepEqual(await highlights(), [0, 1, 2, 4, 5]);
  const end = { line: 6, character: 0 };
  await client.change(URI, [{ range: { start: end, end }, text: `${line(`qmgr[3]: ${ID}: removed`)}\n` }]);
  assert.deepEqual(await highlights(), [0, 1, 2, 4, 5, 6]);
  const top = { line: 0, character: 0 };
  await client.change(URI, [{ range: { start: top, end: { line: 1, character: 0 } }, text: "" }]);
  assert.deepEqual(await highlights(), [0, 1, 3, 4, 5]);
});

test("the hover tells from whom, to whom, and what became of it", async () => {
  await using client = await opened();
  const { position } = on(5, ID);
  const hover = await client.hover(URI, position.line, position.character);
  assert.ok(MarkupContent.is(hover?.contents));
  assert.ok(
    hover.contents.value.includes(
      "**This mail:** `s*@a.example` → `y@b.example` (accepted by the next hop), `z@c.example` (deferred) · 5 lines in this log",
    ),
    hover.contents.value,
  );
});
