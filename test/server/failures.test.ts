import assert from "node:assert/strict";
import { test } from "node:test";
import { describeFailure, guarded } from "@postmaster/server/lsp/failure.ts";
import { CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { startClient } from "./client.ts";
import { copyOfSamples } from "./scratch.ts";

test("a mistake of ours is logged by its kind and place, and answered as if there were nothing", async () => {
  const log: string[] = [];
  const handler = guarded({ error: (message) => void log.push(message) }, "hover", null, () => {
    throw new RangeError("password = hunter2");
  });
  assert.equal(await handler({}, CancellationToken.None), null);
  assert.match(log.join("\n"), /^hover failed: RangeError\n\s+at /);
  assert.doesNotMatch(log.join("\n"), /hunter2/);
  assert.equal(describeFailure("a fix", "hunter2"), "a fix failed");
});

test("a request its editor no longer wants is answered as cancelled", async () => {
  await using server = await copyOfSamples();
  await using client = await startClient({ folders: [server.folder] });
  const log = server.uri("mail.log");
  await client.open(log, "postfix-log");
  const found = (await client.diagnostics(log)).find(({ code }) => code === "map-expansion-size");
  assert.ok(found);
  const wanted = { textDocument: { uri: log }, range: found.range, context: { diagnostics: [] } };
  await assert.rejects(client.askAndCancel("textDocument/codeAction", wanted), (error: unknown) => {
    return error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled;
  });
  assert.deepEqual(client.log, []);
});
