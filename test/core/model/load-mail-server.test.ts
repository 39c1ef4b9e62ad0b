import assert from "node:assert/strict";
import test from "node:test";
import { withTexts } from "@postmaster/core/model/assemble.ts";
import { loadMailServer } from "@postmaster/core/model/load-mail-server.ts";
import { aServer, COPY } from "./a-server.ts";
import { memoryFiles } from "./memory-files.ts";

const MAIN = [
  "virtual_alias_maps = hash:/etc/postfix/virtual, proxy:mysql:$config_directory/sql/aliases.cf",
  "alias_maps = hash:/etc/aliases",
  "smtpd_helo_restrictions = check_helo_access pcre:$config_directory/helo.pcre",
  "",
].join("\n");

test("in a copy, the standard folder and $config_directory mean the copy, and nothing else is reached", async () => {
  const server = await aServer({
    "main.cf": MAIN,
    virtual: "a@b c@d\n",
    "helo.pcre": "/x/ OK\n",
    "/etc/aliases": "root: anna\n",
  });
  const kinds = [...server.tables.values()].map(({ spec, path, content }) => [spec, path, content.kind]);
  assert.deepEqual(kinds, [
    ["hash:/etc/postfix/virtual", `${COPY}/virtual`, "indexed"],
    ["mysql:/etc/postfix/sql/aliases.cf", null, "opaque"],
    ["hash:/etc/aliases", null, "absent"],
    ["pcre:/etc/postfix/helo.pcre", `${COPY}/helo.pcre`, "pattern"],
  ]);
});

test("in a copy, the configuration's folder itself is reached under each of its names", async () => {
  const main = `virtual_alias_maps = texthash:/etc/postfix, texthash:${COPY}, texthash:/etc\n`;
  const port = memoryFiles({ [`${COPY}/main.cf`]: main });
  const server = await loadMailServer(
    { ...port, read: async (path) => (path === COPY ? "folder" : port.read(path)) },
    COPY,
    { defaultOf: () => null },
  );
  assert.deepEqual(
    [...(server?.tables.values() ?? [])].map(({ name, path }) => [name, path]),
    [
      ["/etc/postfix", COPY],
      [COPY, COPY],
      ["/etc", null],
    ],
  );
});

test("a copy cannot be left with ..", async () => {
  const server = await aServer({
    "main.cf": "alias_maps = hash:/etc/postfix/../shadow\n",
    "/etc/shadow": "root secret\n",
  });
  assert.equal(server.tables.get("hash:/etc/postfix/../shadow")?.content.kind, "absent");
});

test("on the server itself paths are what they say, and a missing table is a problem", async () => {
  const server = await aServer({ "main.cf": MAIN, "/etc/aliases": "root: anna\n" }, { directory: "/etc/postfix" });
  assert.equal(server.tables.get("hash:/etc/aliases")?.content.kind, "indexed");
  assert.deepEqual(
    [...server.tables.values()].flatMap(({ path, content }) =>
      content.kind === "absent" ? [[path, content.problem]] : [],
    ),
    [
      ["/etc/postfix/virtual", "missing"],
      ["/etc/postfix/helo.pcre", "missing"],
    ],
  );
  assert.equal(server.masterProblem, "missing");
});

test("client files of databases hold passwords and are never opened", async () => {
  const read: string[] = [];
  const port = memoryFiles({ "/etc/postfix/main.cf": MAIN, "/etc/postfix/sql/aliases.cf": "password = secret\n" });
  await loadMailServer({ ...port, read: (path) => (read.push(path), port.read(path)) }, "/etc/postfix", {
    defaultOf: () => null,
  });
  assert.ok(read.includes("/etc/postfix/virtual"));
  assert.ok(!read.includes("/etc/postfix/sql/aliases.cf"));
});

test("tables that only a service's -o names are read too", async () => {
  const master =
    "smtp inet n - n - - smtpd\n  -o smtpd_client_restrictions=check_client_access,cidr:/etc/postfix/clients\n";
  const server = await aServer({ "main.cf": "", "master.cf": master, clients: "192.0.2.0/24 REJECT\n" });
  assert.equal(server.tables.get("cidr:/etc/postfix/clients")?.content.kind, "cidr");
});

test("without main.cf there is no server", async () => {
  assert.equal(await loadMailServer(memoryFiles({}), "/nowhere", { defaultOf: () => null }), null);
});

test("a server with other texts keeps what did not change", async () => {
  const server = await aServer({ "main.cf": MAIN, virtual: "a@b c@d\n", "helo.pcre": "/x/ OK\n" });
  const after = withTexts(server, new Map([[`${COPY}/helo.pcre`, "/y/ OK\n"]]));
  const table = after.tables.get("pcre:/etc/postfix/helo.pcre")?.content;
  assert.equal(table?.kind === "pattern" ? table.file.text : "", "/y/ OK\n");
  assert.equal(after.main.file.text, MAIN);
});
