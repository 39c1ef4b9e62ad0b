import assert from "node:assert/strict";
import { test } from "node:test";
import { codeLenses } from "@postmaster/core/features/config/code-lens.ts";
import { type HintKind, inlayHints } from "@postmaster/core/features/config/inlay-hints.ts";
import { configTokens } from "@postmaster/core/features/config/tokens.ts";
import { contextOf } from "./a-context.ts";

const FILES = {
  "main.cf": `myhostname = mail.example.com
myorigin = $mydomain
smtpd_tls_security_level = none
smtpd_tls_security_level = may
my_password = x$myhostname
`,
  "master.cf": `smtp inet n - y - - smtpd
submission inet n - y - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o syslog_name=postfix/$myhostname
`,
};

/** Each line of the file with its hints behind it, only lines that have any. */
async function hinted(name: keyof typeof FILES, ...kinds: HintKind[]): Promise<readonly string[]> {
  const context = await contextOf(FILES, name);
  const { text } = context.document.file;
  return inlayHints(context, { start: 0, end: text.length }, new Set(kinds)).map(({ at, text: hint }) => {
    const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
    return `${line} | ${hint}`;
  });
}

test("values are resolved behind their lines, but for secrets", async () => {
  assert.deepEqual(await hinted("main.cf", "values"), ["myorigin = $mydomain | = example.com"]);
  assert.deepEqual(await hinted("master.cf", "values"), [
    "  -o syslog_name=postfix/$myhostname | = postfix/mail.example.com",
  ]);
});

test("the definition without effect says which one counts", async () => {
  assert.deepEqual(await hinted("main.cf", "duplicates"), [
    "smtpd_tls_security_level = none | without effect: line 4 counts",
  ]);
});

test("services that see another value are named", async () => {
  assert.deepEqual(await hinted("main.cf", "duplicates", "overrides"), [
    "smtpd_tls_security_level = none | without effect: line 4 counts",
    "smtpd_tls_security_level = may | submission: encrypt",
  ]);
});

test("only what is in sight is worked out", async () => {
  const context = await contextOf(FILES, "main.cf");
  assert.deepEqual(inlayHints(context, { start: 60, end: 100 }, new Set(["values"])), []);
});

test("a table says who uses it, how many keys it has and how many twice", async () => {
  const main =
    "smtpd_helo_restrictions = check_helo_access hash:/etc/postfix/t\nsmtpd_sender_restrictions = check_sender_access hash:/etc/postfix/t\n";
  const lenses = async (files: Readonly<Record<string, string>>) =>
    codeLenses(await contextOf(files, "t")).map(({ title }) => title);
  assert.deepEqual(await lenses({ "main.cf": main, t: "a OK\nb OK\nA REJECT\n" }), [
    "used by 2 restrictions, 3 keys",
    "1 duplicate key",
  ]);
  assert.deepEqual(await lenses({ "main.cf": "transport_maps = hash:/etc/postfix/t\n", t: "a x:\n" }), [
    "used by 1 parameter, 1 key",
  ]);
  assert.deepEqual(await lenses({ "main.cf": "", t: "" }), ["used by nothing in this configuration, 0 keys"]);
  const above = codeLenses(await contextOf({ "main.cf": `myhostname = a\n${main}` }, "main.cf"));
  assert.deepEqual(above, [{ title: "Would this be let in?", span: { start: 15, end: 38 }, asks: "admission" }]);
});

test("tokens tell parameters, restrictions, classes and services apart, in order and without overlap", async () => {
  const files = {
    "main.cf":
      "smtpd_restriction_classes = strict\nstrict = reject\nsmtpd_helo_restrictions = strict, permit_naked_ip_address\nvirtual_transport = dovecot\n",
    "master.cf": "dovecot unix - n n - - pipe\n",
  };
  const context = await contextOf(files, "main.cf");
  const shown = configTokens(context).map(({ span, kind, isDeprecated, isDefinition }) => {
    const marks = `${isDefinition ? "!" : ""}${isDeprecated ? "~" : ""}`;
    return `${context.document.file.text.slice(span.start, span.end)} ${kind}${marks}`;
  });
  assert.deepEqual(shown, [
    "smtpd_restriction_classes parameter!",
    "strict own",
    "strict own!",
    "reject restriction",
    "smtpd_helo_restrictions parameter!",
    "strict own",
    "permit_naked_ip_address restriction~",
    "virtual_transport parameter!",
    "dovecot service",
  ]);
});
