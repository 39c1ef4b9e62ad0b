import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type DocumentHighlight,
  type Location,
  MarkupContent,
} from "vscode-languageserver";
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

test("the cursor on a time stamp marks that one and not the month in every line", async () => {
  await using client = await opened();
  const position = { line: 0, character: 0 };
  const marked = await client.request<DocumentHighlight[]>("textDocument/documentHighlight", URI, { position });
  assert.deepEqual(
    marked.map(({ range: { start, end } }) => [start.line, (LOG[0] ?? "").slice(start.character, end.character)]),
    [[0, /^\w+ +\d+ [\d:]+/.exec(LOG[0] ?? "")?.[0]]],
  );
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

test("the hops of a mail as a call hierarchy", async () => {
  await using client = await opened();
  const prepare = (at: number, id: string): Promise<CallHierarchyItem[] | null> =>
    client.request("textDocument/prepareCallHierarchy", URI, on(at, id));
  const [item] = (await prepare(5, ID)) ?? [];
  assert.ok(item !== undefined);
  assert.equal(item.name, ID);
  assert.equal(item.range.start.line, 0);
  assert.match(item.detail ?? "", /^s\*@a\.example → y@b\.example \(accepted by the next hop\)/);
  const outgoing = await client.request<CallHierarchyOutgoingCall[]>("callHierarchy/outgoingCalls", URI, { item });
  assert.deepEqual(
    outgoing.map(({ to, fromRanges }) => [to.name, to.range.start.line, fromRanges.map(({ start }) => start.line)]),
    [[NEXT, 3, [4]]],
  );
  const [next] = outgoing;
  const incoming = await client.request<CallHierarchyIncomingCall[]>("callHierarchy/incomingCalls", URI, {
    item: next?.to,
  });
  assert.deepEqual(
    incoming.map(({ from, fromRanges }) => [from.name, fromRanges.map(({ start }) => start.line)]),
    [[ID, [4]]],
  );
  assert.equal(
    await client.request("textDocument/prepareCallHierarchy", URI, { position: { line: 5, character: 3 } }),
    null,
  );
});

test("the outline: mails by what became of them", async () => {
  await using client = await opened();
  const [problems, ...mails] = await client.symbols(URI);
  assert.equal(problems?.detail, "1");
  assert.deepEqual(
    mails.map(({ name, detail, children }) => [name, detail, children?.map((child) => child.name)]),
    [
      ["Mails put off", "1", [ID]],
      ["Mails without a delivery", "1", [NEXT]],
    ],
  );
});

test("the view of a trace: what is hostile is text, each line is one click away", async () => {
  await using client = await startClient({ options: { clientCommands: true } });
  const hostile = LOG.map((text) => text.replace("s*@a.example", "<img src=x onerror=alert(1)>@a.example"));
  await client.open(URI, "postfix-log", hostile.join("\n"));
  const { title, html, problem } = await client.ask("postmaster/trace", { uri: URI, line: 4, character: 0 });
  assert.deepEqual([title, problem], [`Mail ${ID}`, null]);
  assert.ok(html !== null);
  assert.ok(!html.includes("<img"), html);
  assert.ok(html.includes("&lt;img src=x"));
  assert.ok(html.includes(`2. ${NEXT} on mx1`), "the next hop is told too");
  assert.ok(
    html.includes('data-argument="{&quot;log&quot;:&quot;/var/log/nowhere/mail.log&quot;,&quot;line&quot;:5}"'),
  );
  assert.ok(
    html.includes("1 s: 1 s before the queue manager, 0 ms in the queue, 0 ms connecting, 0 ms transmitting"),
    "the four parts of a delay",
  );
  const none = await client.ask("postmaster/trace", { uri: URI, line: 6, character: 0 });
  assert.equal(none.html, null);
  assert.match(none.problem ?? "", /queue id/);
});

test("on a queue id the light bulb offers the trace, elsewhere not", async () => {
  await using client = await startClient({ options: { clientCommands: true } });
  await client.open(URI, "postfix-log", LOG.join("\n"));
  const { position } = on(0, ID);
  const titles = async (start: typeof position): Promise<readonly string[]> => {
    const range = { start, end: start };
    const actions = await client.request<{ title: string }[]>("textDocument/codeAction", URI, {
      range,
      context: { diagnostics: [] },
    });
    return actions.map(({ title }) => title);
  };
  assert.deepEqual(await titles(position), ["Trace this mail"]);
  assert.deepEqual(await titles({ line: 0, character: 0 }), []);
});
