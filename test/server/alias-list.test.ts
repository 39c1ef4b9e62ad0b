import assert from "node:assert/strict";
import { test } from "node:test";
import { startClient } from "./client.ts";
import { scratchFolder } from "./scratch.ts";

test("a list that an alias includes is checked like a table, though no parameter names it", async () => {
  await using scratch = await scratchFolder({
    "etc/postfix/main.cf": "alias_maps = lmdb:/etc/postfix/aliases\n",
    "etc/postfix/aliases": "all: :include:/etc/postfix/all\n",
    "etc/postfix/all": "anna\n:include:/etc/postfix/all\n|/usr/bin/filter\n",
  });
  await using client = await startClient({ folders: [scratch.folder] });
  const uri = scratch.uri("etc/postfix/all");
  await client.open(uri, "postfix-table", "anna\n:include:/etc/postfix/all\n|/usr/bin/filter\n");
  assert.deepEqual(
    (await client.diagnostics(uri)).map(({ code, range }) => [code, range.start.line]),
    [
      ["circular-list", 1],
      ["alias-list", 2],
    ],
  );
});
