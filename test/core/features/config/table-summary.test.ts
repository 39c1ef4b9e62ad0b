import assert from "node:assert/strict";
import { test } from "node:test";
import { tableSummary } from "@postmaster/core/features/config/table-summary.ts";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import { defaultOf } from "@postmaster/core/reference/parameter-default.ts";
import { memoryFiles } from "../../model/memory-files.ts";

test("a table that lies outside an opened copy of a configuration says why nothing of it is known", async () => {
  const port = memoryFiles({ "/home/me/copy/main.cf": "where = /srv\nvirtual_alias_maps = hash:$where/virtual\n" });
  const server = await loadMailServer(port, "/home/me/copy", { defaultOf });
  assert.ok(server);
  assert.equal(
    tableSummary(server, "hash:$where/virtual"),
    "**`hash:$where/virtual`** · lookup table\n\nIts file lies outside this copy of the configuration.\n\nUsed by `virtual_alias_maps`",
  );
});
