import assert from "node:assert/strict";
import { test } from "node:test";
import { setSetting } from "@postmaster/core/syntax/dovecot-conf/edit-dovecot-conf.ts";
import { effectiveSetting, parseDovecotConf } from "@postmaster/core/syntax/dovecot-conf/parse-dovecot-conf.ts";
import { apply, reasonOf } from "./edits.ts";

const CONF = `## Dovecot
!include conf.d/*.conf
!include_try local.conf
disable_plaintext_auth = yes # keep
protocol imap {
  disable_plaintext_auth = no
  mail_plugins = $mail_plugins \\
    quota
}
passdb {
  driver = sql
  auth_password = "a # b"
}
empty =
`;

function set(text: string, name: string, value: string): string {
  return apply(text, setSetting(parseDovecotConf(text), name, value));
}

test("settings with their sections, includes, comments and continuation lines", () => {
  const { settings, includes, problems, secretSpans } = parseDovecotConf(CONF);
  assert.deepEqual(
    settings.map(({ name, value, sections, line }) => [name, value, sections.join("/"), line]),
    [
      ["disable_plaintext_auth", "yes", "", 4],
      ["disable_plaintext_auth", "no", "protocol imap", 6],
      ["mail_plugins", "$mail_plugins \\\n    quota", "protocol imap", 7],
      ["driver", "sql", "passdb", 11],
      ["auth_password", '"a # b"', "passdb", 12],
      ["empty", "", "", 14],
    ],
  );
  assert.deepEqual(
    includes.map(({ path, optional }) => [path, optional]),
    [
      ["conf.d/*.conf", false],
      ["local.conf", true],
    ],
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(
    secretSpans.map(({ start, end }) => CONF.slice(start, end)),
    ['"a # b"'],
  );
});

test("setting changes the top level only", () => {
  assert.equal(effectiveSetting(parseDovecotConf(CONF), "disable_plaintext_auth")?.value, "yes");
  assert.equal(set(CONF, "disable_plaintext_auth", "no"), CONF.replace("= yes #", "= no #"));
  assert.equal(set(CONF, "driver", "x"), `${CONF}driver = x\n`);
  assert.equal(set("a = 1", "b", "2"), "a = 1\nb = 2\n");
  assert.equal(set("a =\r\n", "a", "2"), "a = 2\r\n");
});

test("broken files and values with a meaning of their own are refused", () => {
  assert.equal(reasonOf(setSetting(parseDovecotConf("protocol imap {\n"), "a", "1")), "not-understood");
  assert.equal(reasonOf(setSetting(parseDovecotConf("}\n"), "a", "1")), "not-understood");
  for (const value of ["", "a\nb = c", "<file", "$x", "a # b", 'a"', "a\\"]) {
    assert.equal(reasonOf(setSetting(parseDovecotConf(""), "a", value)), "unsafe-text");
  }
});
