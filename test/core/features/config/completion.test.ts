import assert from "node:assert/strict";
import { test } from "node:test";
import { completion } from "@postmaster/core/features/config/completion.ts";
import type { Suggestion, Suggestions } from "@postmaster/core/features/config/suggestion.ts";
import { topicMarkdown } from "@postmaster/core/features/config/topic-markdown.ts";
import { marked } from "./a-context.ts";

const MASTER = `smtp      inet  n  -  y  -  -  smtpd
relay     unix  -  -  y  -  -  smtp
dovecot   unix  -  n  n  -  -  pipe flags=DRh
policy    unix  -  n  n  -  0  spawn user=nobody argv=/usr/bin/policyd
`;

/** What is suggested at the `|`, best first. */
async function at(files: Readonly<Record<string, string>>, version = ""): Promise<Suggestions> {
  const { context, offset, port } = await marked({ "main.cf": "", "master.cf": MASTER, ...files }, version);
  const { span, all } = await completion(context, offset, port);
  return { span, all: all.toSorted((a, b) => a.rank - b.rank || (a.label < b.label ? -1 : 1)) };
}

async function labels(files: Readonly<Record<string, string>>, version = ""): Promise<readonly string[]> {
  return (await at(files, version)).all.map(({ label }) => label);
}

async function labelled(files: Readonly<Record<string, string>>, label: string): Promise<Suggestion> {
  const found = (await at(files)).all.find((one) => one.label === label);
  assert.ok(found, `no "${label}"`);
  return found;
}

test("a line of main.cf starts with a parameter, its default beside it", async () => {
  const helo = await labelled({ "main.cf": "smtpd_helo_req|" }, "smtpd_helo_required");
  assert.deepEqual([helo.text, helo.detail], ["smtpd_helo_required = ", "default: no"]);
  assert.deepEqual((await at({ "main.cf": "smtpd_helo_req|" })).span, { start: 0, end: 14 });
  assert.match(topicMarkdown(helo.topic ?? { kind: "parameter", name: "" }) ?? "", /HELO|EHLO/);
  assert.ok((await labelled({ "main.cf": "|" }, "smtpd_use_tls")).isDeprecated);
  assert.equal((await labelled({ "main.cf": "my| = x" }, "myhostname")).text, "myhostname");
});

test("services of master.cf have parameters of their own", async () => {
  assert.ok((await labels({ "main.cf": "|" })).includes("dovecot_destination_recipient_limit"));
  assert.ok(!(await labels({ "main.cf": "|" })).includes("policy_destination_recipient_limit"));
});

test("a release is not offered what it does not have", async () => {
  assert.ok((await labels({ "main.cf": "|" }, "3.9")).includes("smtpd_forbid_bare_newline"));
  assert.ok(!(await labels({ "main.cf": "|" }, "3.6")).includes("smtpd_hide_client_session"));
});

test("comments are left alone", async () => {
  assert.deepEqual(await labels({ "main.cf": "# smtpd_|" }), []);
  assert.deepEqual(await labels({ "main.cf": "a = b\n  # per|\n  c" }), []);
});

test("booleans, enumerations and times have their words", async () => {
  assert.deepEqual(await labels({ "main.cf": "smtpd_helo_required = |" }), ["no", "yes"]);
  assert.deepEqual(await labels({ "main.cf": "smtpd_tls_security_level = m|" }), ["encrypt", "may", "none"]);
  assert.deepEqual(await labels({ "main.cf": "smtpd_helo_required = no |" }), []);
  assert.deepEqual(await labels({ "main.cf": "maximal_queue_lifetime = 4|" }), ["5d", "4d", "4h", "4m", "4s", "4w"]);
});

test("behind a dollar sign stand names, the configuration's own first", async () => {
  const names = await labels({ "main.cf": "my_domain = x\nmyhostname = mail.$my_domain\nmyorigin = ${my|}" });
  assert.deepEqual(names.slice(0, 2), ["my_domain", "myhostname"]);
  assert.deepEqual((await labels({ "main.cf": "smtpd_banner = $$|" })).includes("myhostname"), false);
});

test("a list of restrictions takes those that can decide something there", async () => {
  const etrn = await labels({ "main.cf": "smtpd_etrn_restrictions = |" });
  assert.ok(etrn.includes("check_etrn_access") && etrn.includes("permit_mynetworks"));
  assert.ok(!etrn.includes("reject_unauth_destination"), "there is no recipient at ETRN");
  const helo = await labels({ "main.cf": "smtpd_helo_restrictions =\n    permit_mynetworks\n# why\n    |" });
  assert.match(helo[0] ?? "", /helo/);
  assert.ok(helo.indexOf("permit_mynetworks") > helo.indexOf("permit_sasl_authenticated"), "it is there already");
  assert.ok(!helo.includes("check_relay_domains"), "removed long ago");
});

test("restrictions that many write come before those that few do", async () => {
  for (const list of ["smtpd_client_restrictions", "smtpd_relay_restrictions", "smtpd_recipient_restrictions"]) {
    const permits = (await labels({ "main.cf": `${list} = |` })).filter((label) => label.startsWith("permit_"));
    assert.deepEqual(permits.slice(0, 2), ["permit_mynetworks", "permit_sasl_authenticated"], list);
    assert.ok(permits.includes("permit_dnswl_client"), list);
  }
  const recipient = await labels({ "main.cf": "smtpd_recipient_restrictions = |" });
  assert.ok(recipient.indexOf("reject_unauth_destination") < recipient.indexOf("permit_auth_destination"));
});

test("restrictions with an argument come with places to fill in", async () => {
  const access = await labelled({ "main.cf": "smtpd_helo_restrictions = check_h|" }, "check_helo_access");
  assert.match(access.snippet ?? "", /^check_helo_access \$\{1:\w+\}:\$\{2:\/etc\/postfix\/helo_access\}$/);
  const inOption = `${MASTER}587 inet n - y - - smtpd\n  -o smtpd_client_restrictions=permit_mynetworks,reject_rbl|`;
  const rbl = await labelled({ "master.cf": inOption }, "reject_rbl_client");
  assert.equal(rbl.snippet, "reject_rbl_client,${1:zen.spamhaus.org}", "a blank would end the argument of -o");
});

test("restriction classes, and parameters that lists refer to, hold restrictions too", async () => {
  const classes = "smtpd_restriction_classes = strict\nstrict = |";
  assert.ok((await labels({ "main.cf": classes })).includes("reject_unauth_destination"));
  assert.ok(
    (await labels({ "main.cf": "smtpd_restriction_classes = strict\nsmtpd_helo_restrictions = |" })).includes("strict"),
  );
  const own = {
    "main.cf": "mua_helo = |",
    "master.cf": `${MASTER}587 inet n - y - - smtpd\n  -o smtpd_helo_restrictions=$mua_helo\n`,
  };
  assert.ok((await labels(own)).includes("reject_non_fqdn_helo_hostname"));
});

test("what a restriction waits for: a table, a policy server, a blocklist in use", async () => {
  const table = await labels({
    "main.cf": "virtual_alias_maps = hash:/etc/postfix/virtual\nsmtpd_helo_restrictions = check_helo_access |",
  });
  assert.ok(table.includes("pcre:") && table.includes("hash:/etc/postfix/virtual"));
  assert.deepEqual(await labels({ "main.cf": "smtpd_data_restrictions = check_policy_service |" }), [
    "unix:private/policy",
  ]);
  const list =
    "smtpd_client_restrictions = reject_rbl_client dnsbl.example\nsmtpd_helo_restrictions = reject_rbl_client |";
  assert.deepEqual(await labels({ "main.cf": list }), ["dnsbl.example"]);
});

test("behind the type of a table stand files of the configuration", async () => {
  const files = {
    "helo.pcre": "",
    virtual: "",
    "virtual.db": "",
    "main.cf": "virtual_alias_maps = hash:/etc/postfix/v|",
  };
  assert.ok((await labels(files)).includes("virtual"));
  assert.deepEqual((await at(files)).span, {
    start: files["main.cf"].indexOf("v|"),
    end: files["main.cf"].indexOf("|"),
  });
  assert.ok(!(await labels(files)).includes("virtual.db"), "the index is not what is named");
  assert.deepEqual(await labels({ "main.cf": "virtual_alias_maps = lmdb:|" }), ["/etc/postfix/"]);
});

test("transports are services that deliver", async () => {
  assert.deepEqual(await labels({ "main.cf": "virtual_transport = |" }), ["dovecot", "relay"]);
  assert.deepEqual(
    await labels({ "main.cf": "transport_maps = hash:/etc/postfix/transport", transport: "example.com |" }),
    ["dovecot", "relay"],
  );
});

test("master.cf: columns, programs, options and attributes", async () => {
  assert.deepEqual(await labels({ "master.cf": "smtp |" }), ["fifo", "inet", "pass", "unix", "unix-dgram"]);
  assert.deepEqual(await labels({ "master.cf": "smtp inet |" }), ["-", "n", "y"]);
  assert.ok((await labels({ "master.cf": "smtp inet n - y - - |" })).includes("smtpd"));
  const { all: option } = await at({ "master.cf": "smtp inet n - y - - smtpd\n  -o |" });
  assert.match(option[0]?.label ?? "", /^smtpd_/);
  assert.match(option[0]?.text ?? "", /=$/);
  assert.deepEqual(await labels({ "master.cf": "smtp inet n - y - - smtpd\n  -o smtpd_helo_required=|" }), [
    "no",
    "yes",
  ]);
  assert.deepEqual((await labels({ "master.cf": "x unix - n n - - pipe\n  |" })).slice(0, 3), ["argv=", "user=", "-o"]);
});

test("access tables take actions, header checks theirs, others nothing", async () => {
  const access = {
    "main.cf":
      "smtpd_helo_restrictions = check_helo_access pcre:/etc/postfix/h.pcre\nheader_checks = pcre:/etc/postfix/c.pcre",
  };
  const helo = await labels({ ...access, "h.pcre": "/^mx\\./ |" });
  assert.ok(helo.includes("DUNNO") && helo.includes("permit_mynetworks") && !helo.includes("IGNORE"));
  const { all: header } = await at({ ...access, "c.pcre": "/^X-Spam: yes/ |" });
  assert.ok(header.some(({ label }) => label === "IGNORE") && !header.some(({ label }) => label === "RELAY"));
  assert.equal(header.find(({ label }) => label === "REDIRECT")?.snippet, "REDIRECT ${1:user@example.com}");
  assert.deepEqual(await labels({ ...access, "h.pcre": "/^mx\\./ REJECT because |" }), []);
  assert.deepEqual(
    await labels({ "main.cf": "virtual_alias_maps = hash:/etc/postfix/virtual", virtual: "a@example.com |" }),
    [],
  );
});

test("client files of databases have their own keys", async () => {
  const files = { "main.cf": "virtual_alias_maps = proxy:mysql:/etc/postfix/sql.cf", "sql.cf": "ho|" };
  assert.ok((await labels(files)).includes("hosts"));
  assert.ok(!(await labels(files)).includes("bind_pw"), "that is of ldap");
});

test("nothing is too broken to be asked about", async () => {
  const texts = [
    "|",
    " |",
    "= |",
    "=|x",
    "a\n  |",
    "-o |",
    "\0|",
    "a = {|",
    "a = hash:{|",
    "a = ${|",
    "a=$(|",
    "smtpd_helo_restrictions = check_helo_access |",
  ];
  for (const text of texts) {
    for (const name of ["main.cf", "master.cf", "x.pcre", "x.cidr", "x", "mysql.cf"]) {
      const files = { "main.cf": "", "master.cf": "", [name]: text };
      const { context, offset, port } = await marked(files);
      const { span } = await completion(context, offset, port);
      assert.ok(span.start <= offset && offset <= span.end, `${name}: ${text}`);
    }
  }
});
