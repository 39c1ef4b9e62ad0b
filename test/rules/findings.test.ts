import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { textOf } from "@postmaster/core/text/span.ts";
import { checkFiles, type Files, fixAll } from "./check-files.ts";

/** `id: the text that is marked`. */
function marked(files: Files, version: string | null = null): readonly string[] {
  return checkFiles(files, version).map(({ ruleId, file, span }) => `${ruleId}: ${textOf(file.text, span)}`);
}

const SMTP = "smtp inet n - n - - smtpd\n";

suite("what the rules find", () => {
  test("a parameter defined again to the same value is no finding", () => {
    assert.deepEqual(marked({ "main.cf": "mail_name = a\nmail_name = a\n" }), []);
  });

  test("another word in a compiled table is not read before postmap has run", () => {
    const stepsOf = (type: string): readonly unknown[] => {
      const main = `transport_maps = ${type}:/etc/postfix/transport\nsmtpd_sender_restrictions = check_sender_access ${type}:/etc/postfix/senders\n`;
      const master = `${SMTP}qmgr unix n - n 300 1 qmgr\nsmtp unix - - n - - smtp\n`;
      const files = { "main.cf": main, "master.cf": master, transport: "a.example smttp:\n", senders: "b@c REJCT\n" };
      return checkFiles(files)
        .filter(({ ruleId }) => ruleId === "unknown-transport" || ruleId === "unknown-action")
        .map(({ ruleId, fixes }) => [ruleId, fixes[0]?.after.map(({ kind }) => kind)]);
    };
    assert.deepEqual(stepsOf("lmdb"), [
      ["unknown-action", ["postmap", "reload"]],
      ["unknown-transport", ["postmap", "reload"]],
    ]);
    assert.deepEqual(stepsOf("texthash"), [
      ["unknown-action", ["reload"]],
      ["unknown-transport", ["reload"]],
    ]);
  });

  test("of a table with very many lines the first ones are looked at", () => {
    const lines = Array.from({ length: 30_000 }, (_, index) => `d${index}.example smtp:\n`);
    const found = (misspelt: number): readonly string[] =>
      marked({
        "main.cf": "transport_maps = texthash:/etc/postfix/transport\n",
        "master.cf": `${SMTP}qmgr unix n - n 300 1 qmgr\nsmtp unix - - n - - smtp\n`,
        transport: lines.with(misspelt, `d${misspelt}.example smttp:\n`).join(""),
      }).filter((one) => one.startsWith("unknown-transport"));
    assert.deepEqual(found(19_999), ["unknown-transport: smttp"]);
    assert.deepEqual(found(20_000), []);
  });

  test("of many definitions each change of the value is one finding", () => {
    const found = checkFiles({ "main.cf": "mail_name = a\nmail_name = a\nmail_name = b\nmail_name = a\n" });
    assert.deepEqual(
      found.map(({ postfix }) => postfix),
      ["overriding earlier entry: mail_name=a", "overriding earlier entry: mail_name=b"],
    );
  });

  test("names of the owner's own are used where they are referred to, restriction classes and tables' settings included", () => {
    const main = [
      "smtpd_restriction_classes = lax, strict",
      "lax = permit",
      "strict = reject",
      "office = 192.0.2.0/24",
      "mynetworks = 127.0.0.1 ${office?{$office}}",
      "mua_sender_restrictions = permit_mynetworks",
      "virtual_alias_maps = proxy:ldap:accounts",
      "accounts_server_host = localhost",
      "policy_time_limit = 3600",
      "relay_destination_concurrency_limit = 2",
      "",
    ].join("\n");
    const master = `${SMTP}  -o smtpd_sender_restrictions=$mua_sender_restrictions\npolicy unix - n n - 0 spawn user=nobody argv=/bin/true\n`;
    assert.deepEqual(marked({ "main.cf": main, "master.cf": master }), [
      "unused-parameter: relay_destination_concurrency_limit",
    ]);
  });

  test("a name that is far from all parameters has no suggestion", () => {
    const [found] = checkFiles({ "main.cf": "our_own_invention = 1\n" });
    assert.deepEqual(found?.fixes, []);
    assert.doesNotMatch(found?.message ?? "", /Did you mean/);
  });

  test("a mistyped name whose right one is set already is commented out; an override may say it anew", () => {
    const main = { "main.cf": "smtpd_banner = hello\nsmptd_banner = hi\n" };
    const [found] = checkFiles(main);
    assert.match(found?.message ?? "", /Did you mean smtpd_banner, which main\.cf sets already\?/);
    const [fix, ...others] = found?.fixes ?? [];
    assert.deepEqual([fix?.id, fix?.safety, others], ["unused-parameter/comment-out", "review", []]);
    assert.deepEqual(fixAll(main), { "main.cf": "smtpd_banner = hello\n# smptd_banner = hi\n" });

    const overridden = checkFiles({
      "main.cf": "smtpd_banner = hello\n",
      "master.cf": `${SMTP}  -o smptd_banner=hi\n`,
    });
    const titles = overridden.flatMap(({ fixes }) => fixes.map(({ title }) => title));
    assert.deepEqual(titles, ["Write smtpd_banner instead of smptd_banner in master.cf"]);
    const twice = checkFiles({ "master.cf": `${SMTP}  -o smtpd_banner=hi\n  -o smptd_banner=hello\n` });
    assert.match(twice[0]?.message ?? "", /which this service sets already/);
    assert.deepEqual(twice[0]?.fixes, []);
  });

  test("the release decides what is known", () => {
    const main = { "main.cf": "smtp_tlsrpt_enable = yes\n" };
    assert.deepEqual(marked(main, "3.9"), ["unused-parameter: smtp_tlsrpt_enable"]);
    assert.deepEqual(marked(main, "3.10"), []);
  });

  test("of a parameter that other releases know it is said which", () => {
    const says = (name: string, version: string | null) =>
      checkFiles({ "main.cf": `${name} = yes\n` }, version).map(({ message }) => message);
    assert.deepEqual(says("smtp_tlsrpt_enable", "3.9"), [
      "smtp_tlsrpt_enable is known from Postfix 3.10 on: this release ignores it.",
    ]);
    assert.deepEqual(says("smtpd_forbid_unauth_pipelining", "3.7.5"), [
      "smtpd_forbid_unauth_pipelining is known from Postfix 3.9 on, of 3.7 from 3.7.6 on: this release ignores it.",
    ]);
    assert.deepEqual(says("smtpd_forbid_unauth_pipelining", "3.7.6"), []);
    assert.deepEqual(says("lmtp_cache_connection", null), [
      "lmtp_cache_connection is gone since Postfix 2.3: this release ignores it.",
    ]);
  });

  test("a domain in two classes is found through names and tables, and marked where it comes in", () => {
    const found = checkFiles({
      "main.cf":
        "myhostname = Example.COM\nmydestination = localhost, $myhostname\nvirtual_mailbox_domains = hash:/etc/postfix/domains\n",
      domains: "example.net ok\nexample.com ok\n",
    });
    assert.deepEqual(
      found.map(({ ruleId, postfix, file, span }) => [ruleId, textOf(file.text, span), postfix]),
      [
        [
          "two-address-classes",
          "$myhostname",
          "do not list domain example.com in BOTH mydestination and virtual_mailbox_domains",
        ],
      ],
    );
    assert.deepEqual(found[0]?.entry, { id: "domain-in-two-classes", values: { domain: "example.com" } });
  });

  test("what is excluded, a file or a database is not decided", () => {
    for (const list of [
      "!example.com, example.com",
      "/etc/postfix/domains",
      "mysql:/etc/postfix/domains.cf",
      "pcre:/etc/postfix/d",
    ]) {
      const main = `mydestination = ${list}\nvirtual_mailbox_domains = example.com\n`;
      assert.deepEqual(marked({ "main.cf": main }), [], list);
    }
  });

  test("mistakes of master.cf, each at its word", () => {
    const cases: readonly [string, readonly string[]][] = [
      ["smtp inet n - n - smtpd\n", ["field-count: smtp inet n - n - smtpd"]],
      ["smtp tcp n - n - - smtpd\n", ["field-value: tcp"]],
      [`${SMTP}  -o smtpd_banner = hello\n`, ["option-syntax: -o smtpd_banner"]],
      [`${SMTP}  -o smtpd_banner=hello there\n`, ["extra-argument: there"]],
      [`${SMTP}  -o smtpd_banner=hello # greeting\n`, ["extra-argument: # greeting"]],
      [`${SMTP}  -o { smtpd_banner = hello\n`, ["unbalanced-brace: { smtpd_banner = hello"]],
      [`${SMTP}${SMTP}`, ["duplicate-service: smtp"]],
      [`${SMTP}  -o smptd_banner=hello\n`, ["unused-parameter: smptd_banner"]],
    ];
    for (const [master, expected] of cases) assert.deepEqual(marked({ "master.cf": master }), expected, master);
  });

  test("words from files are short and visible in messages and titles", () => {
    const name = `smtpd_bann\u001b[2J\u202e${"x".repeat(500)}`;
    for (const { message, postfix, fixes } of checkFiles({ "main.cf": `${name} = 1\n${name} = 2\nfoo\u0007bar\n` })) {
      for (const text of [message, postfix ?? "", ...fixes.map(({ title }) => title)]) {
        assert.ok(
          !text.includes("\u001b") && !text.includes("\u202e") && !text.includes("\u0007"),
          JSON.stringify(text),
        );
      }
      assert.ok(message.length < 400, message);
    }
  });
});
