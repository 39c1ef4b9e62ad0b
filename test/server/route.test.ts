import assert from "node:assert/strict";
import { test } from "node:test";
import { MarkupContent } from "vscode-languageserver";
import { startClient } from "./client.ts";
import { copyOfSamples } from "./scratch.ts";

test("hovering over an address in a table tells where a mail to it would go, line by line", async () => {
  await using scratch = await copyOfSamples();
  await using client = await startClient({ folders: [scratch.folder] });
  const uri = scratch.uri("postfix/virtual");
  await client.open(uri, "postfix-table");
  const line = client
    .text(uri)
    .split("\n")
    .findIndex((text) => text.startsWith("postmaster@example.com"));
  const hover = await client.hover(uri, line, 4);
  assert.ok(hover !== null && MarkupContent.is(hover.contents));
  assert.match(hover.contents.value, /Where a mail to `postmaster@example\.com` would go/);
  assert.match(hover.contents.value, /alias: .*anna.*`virtual_alias_maps, virtual:\d+`/);
  assert.match(hover.contents.value, /class: local/);
});

test("the route of an address is answered for any document of the configuration", async () => {
  await using scratch = await copyOfSamples();
  await using client = await startClient({ folders: [scratch.folder] });
  for (const [name, language] of [
    ["postfix/main.cf", "postfix-main-cf"],
    ["mail.log", "postfix-log"],
  ] as const) {
    const uri = scratch.uri(name);
    await client.open(uri, language);
    const { problem, lines } = await client.ask("postmaster/route", {
      uri,
      recipient: "root@example.com",
      sender: null,
    });
    assert.equal(problem, null);
    const [head] = lines.filter(({ kind }) => kind === "recipient");
    assert.equal(head?.text, "root@example.com");
    const choice = lines.find(({ label }) => label === "class");
    assert.equal(choice?.parameter, "mydestination");
    assert.equal(choice.place?.uri, scratch.uri("postfix/main.cf"));
  }
});
