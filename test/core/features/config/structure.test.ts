import assert from "node:assert/strict";
import { test } from "node:test";
import { folds } from "@postmaster/core/features/config/folding.ts";
import { links } from "@postmaster/core/features/config/links.ts";
import { outline, workspaceEntries } from "@postmaster/core/features/config/outline.ts";
import { selections } from "@postmaster/core/features/config/selection.ts";
import { contextOf, FOLDER, marked } from "./a-context.ts";

const FILES = {
  "main.cf": `# See postconf(5)
# and http(7)
smtpd_helo_restrictions =
    permit_mynetworks
# a partner
    check_helo_access pcre:$config_directory/helo.pcre
smtpd_tls_cert_file = /etc/ssl/mail.pem
ldap_bind_pw = hunter2
`,
  "master.cf": "smtp inet n - y - - smtpd\n  -o smtpd_helo_required=yes\n\nqmgr unix n - n 300 1 qmgr\n",
  "helo.pcre": "if /a/\n/^mx\\.a/ OK\nendif\n",
  aliases: "root: anna\nteam: :include:/etc/postfix/team, bob\n",
};

test("the outline of main.cf are its parameters, secrets without their values", async () => {
  const { document } = await contextOf(FILES, "main.cf");
  assert.deepEqual(
    outline(document).map(({ name, detail }) => [name, detail]),
    [
      ["smtpd_helo_restrictions", "permit_mynetworks check_helo_access pcre:$config_directory/helo.pcre"],
      ["smtpd_tls_cert_file", "/etc/ssl/mail.pem"],
      ["ldap_bind_pw", ""],
    ],
  );
});

test("the outline of master.cf are its services, their options below them; of a table its keys", async () => {
  const { document } = await contextOf(FILES, "master.cf");
  const shown = outline(document).map(({ name, detail, children }) => [name, detail, children.map((one) => one.name)]);
  assert.deepEqual(shown, [
    ["smtp", "inet smtpd", ["smtpd_helo_required"]],
    ["qmgr", "unix qmgr", []],
  ]);
  const table = await contextOf({ ...FILES, big: "a b\n".repeat(5000) }, "big");
  assert.equal(outline(table.document).length, 2000);
});

test("the whole configuration can be searched for names", async () => {
  const { server } = await contextOf(FILES, "main.cf");
  const found = workspaceEntries(server, "HELO", 10).map(({ name, place }) => [
    name,
    place.path.slice(FOLDER.length + 1),
  ]);
  assert.deepEqual(found, [["smtpd_helo_restrictions", "main.cf"]]);
  assert.deepEqual(
    workspaceEntries(server, "mxa", 10).map(({ name }) => name),
    ["^mx\\.a"],
  );
  assert.equal(workspaceEntries(server, "", 2).length, 2);
});

test("entries on several lines, comments and if blocks fold", async () => {
  const lines = async (name: keyof typeof FILES) =>
    folds((await contextOf(FILES, name)).document).map(({ from, to, kind }) => `${from}-${to} ${kind}`);
  assert.deepEqual(await lines("main.cf"), ["0-1 comment", "2-5 region"]);
  assert.deepEqual(await lines("master.cf"), ["0-1 region"]);
  assert.deepEqual(await lines("helo.pcre"), ["0-2 region"]);
});

test("files, tables and manual pages are linked", async () => {
  const linked = async (name: keyof typeof FILES) => {
    const context = await contextOf(FILES, name);
    return links(context).map(({ span, target }) => [
      context.document.file.text.slice(span.start, span.end),
      target.kind === "file" ? target.path : target.url,
    ]);
  };
  assert.deepEqual(await linked("main.cf"), [
    ["$config_directory/helo.pcre", "/etc/postfix/helo.pcre"],
    ["/etc/ssl/mail.pem", "/etc/ssl/mail.pem"],
    ["postconf(5)", "https://www.postfix.org/postconf.5.html"],
  ]);
  assert.deepEqual(await linked("aliases"), [["/etc/postfix/team", "/etc/postfix/team"]]);
});

test("a selection grows from the name to the file", async () => {
  const main = FILES["main.cf"];
  const at = main.indexOf("_access pcre");
  const { context, offset } = await marked({ ...FILES, "main.cf": `${main.slice(0, at)}|${main.slice(at)}` });
  const grown = selections(context, offset).map(({ start, end }) => main.slice(start, end));
  assert.deepEqual(grown.slice(0, 2), ["check_helo_access", "check_helo_access pcre:$config_directory/helo.pcre"]);
  assert.match(grown[2] ?? "", /^permit_mynetworks[^]*helo\.pcre$/);
  assert.match(grown[3] ?? "", /^smtpd_helo_restrictions =[^]*helo\.pcre$/);
  assert.deepEqual(grown.slice(4), [main]);
});
