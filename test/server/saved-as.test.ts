import assert from "node:assert/strict";
import { test } from "node:test";
import type { Diagnostic } from "vscode-languageserver";
import { eventually } from "../eventually.ts";
import { startClient, type TestClient } from "./client.ts";
import { scratchFolder } from "./scratch.ts";

const MAIN = "smtpd_helo_required = yes\nmail_name = Example\n";
const NAME = "etc/postfix/main.cf";

/** Editors such as VS Code show a file decoded and without its mark. */
async function opened(onDisk: string | Buffer) {
  const scratch = await scratchFolder({ [NAME]: onDisk });
  const client = await startClient({ folders: [scratch.folder] });
  const uri = scratch.uri(NAME);
  await client.open(uri, "postfix-main-cf", MAIN);
  return { scratch, client, uri };
}

function told(diagnostics: readonly Diagnostic[]) {
  return diagnostics.map(({ code, range, message }) => ({
    code,
    at: [range.start.line, range.start.character],
    postfix: (typeof message === "string" ? message : message.value).split("Postfix says: ")[1],
  }));
}

async function titles(client: TestClient, uri: string): Promise<string> {
  return (await client.actions(uri, 0, await client.diagnostics(uri))).map(({ title }) => title).join("\n");
}

test("a byte order mark that the editor hides is found on the disk, until it is gone there", async () => {
  const { scratch, client, uri } = await opened(`\uFEFF${MAIN}`);
  await using _ = scratch;
  await using __ = client;
  assert.deepEqual(told(await client.diagnostics(uri)), [
    { code: "byte-order-mark", at: [0, 0], postfix: "unused parameter: ???smtpd_helo_required=yes" },
  ]);
  assert.match(await titles(client, uri), /byte order mark/i);

  await scratch.write(NAME, MAIN);
  await eventually("no diagnostic to be left", async () => (await client.diagnostics(uri)).length === 0);
});

test("of a file in UTF-16 one thing is said, in the words that Postfix has for its bytes", async () => {
  const { scratch, client, uri } = await opened(Buffer.from(`\uFEFF${MAIN}no value\n`, "utf16le"));
  await using _ = scratch;
  await using __ = client;
  assert.deepEqual(told(await client.diagnostics(uri)), [
    { code: "text-in-utf16", at: [0, 0], postfix: `missing '=' after attribute name: "??s"` },
  ]);
  assert.match(await titles(client, uri), /UTF-8/);
});
