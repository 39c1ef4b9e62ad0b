import assert from "node:assert/strict";
import { test } from "node:test";
import { configHover } from "@postmaster/core/features/config/hover.ts";
import { signatureHelp } from "@postmaster/core/features/config/signature-help.ts";
import { marked } from "./a-context.ts";

const MASTER = `submission inet n - y - - smtpd
  -o smtpd_tls_security_level=encrypt
dovecot unix - n n - - pipe
`;
const ACCESS = { "main.cf": "smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/sender_access\n" };

/** The hover at the `|`, as Markdown; empty for none. */
async function over(files: Readonly<Record<string, string>>): Promise<string> {
  const { context, offset } = await marked({ "main.cf": "", "master.cf": MASTER, ...files });
  return configHover(context, offset)?.markdown ?? "";
}

test("a parameter says what is in effect, for whom, and who says so", async () => {
  const page = await over({ "main.cf": "# TLS\nsmtpd_tls_security_level = may\n\nsmtpd_tls_|security_level = none\n" });
  assert.match(page, /^\*\*`smtpd_tls_security_level`\*\*/);
  assert.match(
    page,
    /- In effect: `none` \(main\.cf, line 4\)\n- For `submission`: `encrypt` \(`-o` in master\.cf, line 1\)$/,
  );
});

test("a parameter that older series got with a patch release says since which", async () => {
  const page = await over({ "main.cf": "smtpd_forbid_bare_new|line = yes\n" });
  assert.match(page, /Since: Postfix 3\.9, and in older series from 3\.5\.23, 3\.6\.13, 3\.7\.9, 3\.8\.4 on/);
  assert.match(await over({ "main.cf": "tls_server_sni_|maps =\n" }), /Since: Postfix 3\.4$/m);
});

test("values and defaults are shown as written and resolved", async () => {
  const page = await over({ "main.cf": "myhostname = mail.example.com\nmyorig|in = $mydomain\n" });
  assert.match(page, /The default is here: `mail\.example\.com`/);
  assert.match(page, /In effect: `\$mydomain`, that is `example\.com`/);
  assert.match(await over({ "main.cf": "a_loop = $a_|loop\n" }), /which Postfix cannot expand/);
});

test("secrets are never shown", async () => {
  const page = await over({ "main.cf": "ldap1_bind_pw = hunter2\nmy_banner = $ldap1_bind|_pw\n" });
  assert.match(page, /set, and not shown/);
  assert.doesNotMatch(page, /hunter2/);
  const client = { "main.cf": "virtual_alias_maps = mysql:/etc/postfix/sql.cf\n", "sql.cf": "pass|word = hunter2\n" };
  assert.match(await over(client), /^\*\*`password`\*\* · setting of mysql tables[^]*never shown/);
  assert.equal(await over({ ...client, "sql.cf": "password = hunt|er2\n" }), "");
});

test("a name of the owner's own, a class, a service and a table say what they are", async () => {
  const classes = "smtpd_restriction_classes = strict\nstrict = reject\nsmtpd_helo_restrictions = str|ict\n";
  assert.match(await over({ "main.cf": classes }), /· restriction class\n\n- In effect: `reject`/);
  assert.match(
    await over({ "main.cf": "virtual_transport = dove|cot\n" }),
    /· service\n\n- `unix`, runs `pipe` \(master\.cf, line 3\)/,
  );
  const table = { "main.cf": ACCESS["main.cf"].replace("postfix/", "post|fix/"), sender_access: "a OK\nb OK\n" };
  assert.match(await over(table), /· lookup table\n\n2 keys\n\nUsed by `check_sender_access`$/);
});

test("a table whose file is not there says so", async () => {
  const missing = { "main.cf": ACCESS["main.cf"].replace("postfix/", "post|fix/") };
  assert.match(await over(missing), /Its file does not exist\./);
});

test("master.cf: columns, programs, and what options set", async () => {
  assert.match(await over({ "master.cf": "smtp inet n - |y - - smtpd\n" }), /^\*\*chroot\*\* · column 5/);
  assert.match(await over({ "master.cf": "smtp inet n - y - - sm|tpd\n" }), /^\*\*smtpd\*\* · Postfix program/);
  const option = await over({ "master.cf": "smtp inet n - y - - smtpd\n  -o smtpd_helo|_required=yes\n" });
  assert.match(option, /In effect: `no` \(the default\)\n- For `smtp`: `yes`/);
});

test("tables: actions and restrictions on the right-hand side", async () => {
  assert.match(
    await over({ ...ACCESS, sender_access: "example.com  REJ|ECT no\n" }),
    /^\*\*`REJECT`\*\*[^]*access\(5\)/,
  );
  assert.match(await over({ ...ACCESS, sender_access: "a  permit_my|networks, reject\n" }), /· restriction/);
  assert.match(await over({ ...ACCESS, sender_access: "a  5|54 no\n" }), /^\*\*`4NN \| 5NN`/);
  assert.equal(await over({ ...ACCESS, sender_access: "exam|ple.com  OK\n" }), "");
  const checks = { "main.cf": "header_checks = pcre:/etc/postfix/checks.pcre\n", "checks.pcre": "/^X-A: b/ IGN|ORE\n" };
  assert.match(await over(checks), /^\*\*`IGNORE`\*\*[^]*header_checks\(5\)/);
});

test("text of a file cannot become a link", async () => {
  const page = await over({ "main.cf": "my_name = `](command:evil)<b>\nother = $my_|name\n" });
  assert.match(page, /``/);
  assert.doesNotMatch(page.replaceAll(/``[^]*?``/g, ""), /command:|<b>/);
});

test("the argument that is being written has its form shown", async () => {
  const form = async (files: Readonly<Record<string, string>>) => {
    const { context, offset } = await marked({ "main.cf": "", "master.cf": MASTER, ...files });
    const found = signatureHelp(context, offset);
    return found === null ? null : [found.label, found.label.slice(...found.argument)];
  };
  assert.deepEqual(await form({ "main.cf": "smtpd_helo_restrictions = check_helo_access |" }), [
    "check_helo_access type:table",
    "type:table",
  ]);
  assert.equal(await form({ "main.cf": "smtpd_helo_restrictions = permit_mynetworks |" }), null);
  assert.equal(await form({ "main.cf": "mydestination = check_helo_access |" }), null);
  assert.deepEqual((await form({ ...ACCESS, sender_access: "a REJECT |text" }))?.[0], "REJECT [dsn] [text]");
  const option = "smtp inet n - y - - smtpd\n  -o smtpd_helo_restrictions=reject_rbl_client,zen|";
  assert.match((await form({ "master.cf": option }))?.[0] ?? "", /^reject_rbl_client rbl_domain/);
});
