import assert from "node:assert/strict";
import { test } from "node:test";
import { startClient } from "../server/client.ts";
import { copyOfSamples } from "../server/scratch.ts";
import { VS_CODE } from "../server/vs-code.ts";
import { everythingSaid, type Sayings } from "./lib/everything-said.ts";
import { hostileConfiguration, hostileLog } from "./lib/hostile-files.ts";
import { markdownEffects } from "./lib/markdown-effects.ts";
import { UNSEEN } from "./lib/unseen.ts";

/** Addresses that our own pages link to. */
const OWN_PAGES = [
  "https://www.postfix.org/",
  "https://doc.dovecot.org/",
  "https://docs.iredmail.org/",
  "https://www.rfc-editor.org/",
  "https://gitlab.com/amavis/",
  "https://www.iana.org/",
];

function check({ markdown, plain, addresses }: Sayings, folder: string): void {
  for (const { at, text } of markdown) {
    assert.doesNotMatch(text.replaceAll("\n", ""), UNSEEN, `${at}: ${JSON.stringify(text)}`);
    const { links, images, html } = markdownEffects(text);
    assert.deepEqual([images, html], [[], []], `${at}: ${text}`);
    for (const link of links) assert.ok(isOwnPage(link), `${at} links to ${link}: ${text}`);
  }
  for (const { at, text } of plain) {
    // Problems may say on a second line what Postfix would say.
    const lines = at.startsWith("diagnostics") || at === "a message" ? text.replaceAll("\n", "") : text;
    assert.doesNotMatch(lines, UNSEEN, `${at}: ${JSON.stringify(text)}`);
  }
  for (const { at, text } of addresses) {
    const isInside = text.startsWith(`file://${folder}/`);
    assert.ok(isInside || isOwnPage(text), `${at} leads to ${text}`);
  }
}

function isOwnPage(address: string): boolean {
  return OWN_PAGES.some((page) => address.startsWith(page)) && !address.includes("evil");
}

for (const clientCommands of [true, false]) {
  test(`a hostile log stays text, in an editor ${clientCommands ? "with" : "without"} commands of ours`, async (context) => {
    await using server = await copyOfSamples();
    await using client = await startClient({ folders: [server.folder], options: { clientCommands } });
    const uri = server.uri("hostile.log");
    await client.open(uri, "postfix-log", hostileLog());
    const said = await everythingSaid(client, [uri]);
    assert.ok(said.markdown.length > 500 && said.plain.length > 500);
    check(said, server.folder);
    context.diagnostic(`${said.markdown.length} pages, ${said.plain.length} texts, ${said.addresses.length} addresses`);
  });
}

test("a hostile configuration stays text", async (context) => {
  await using server = await copyOfSamples();
  await using client = await startClient({ folders: [server.folder], capabilities: VS_CODE });
  const files = hostileConfiguration();
  for (const [name, { text }] of Object.entries(files)) await server.write(name, text);
  for (const [name, { language, text }] of Object.entries(files)) await client.open(server.uri(name), language, text);
  const said = await everythingSaid(
    client,
    Object.keys(files).map((name) => server.uri(name)),
  );
  check(said, server.folder);
  context.diagnostic(`${said.markdown.length} pages, ${said.plain.length} texts, ${said.addresses.length} addresses`);
});
