import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { matchesGlob } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { isRecord, readJson } from "../../scripts/lib/json.ts";

interface Language {
  readonly id: string;
  readonly filenames?: readonly string[];
  readonly filenamePatterns?: readonly string[];
  readonly extensions?: readonly string[];
  readonly firstLine?: string;
  readonly configuration: string;
}

const ROOT = new URL("../../", import.meta.url);
interface Manifest {
  readonly contributes: {
    readonly languages: readonly Language[];
    readonly grammars: readonly { readonly language: string; readonly path: string; readonly scopeName: string }[];
  };
}

function isManifest(value: unknown): value is Manifest {
  return isRecord(value) && isRecord(value["contributes"]) && Array.isArray(value["contributes"]["languages"]);
}

const manifest = readJson(fileURLToPath(new URL("client/manifest.json", ROOT)));
assert.ok(isManifest(manifest));
const { contributes } = manifest;

/** VS Code's order: the whole name, then a pattern (of the path if it has a slash), then the ending. */
function languageOf(path: string): string | null {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const byName = contributes.languages.find((language) => language.filenames?.includes(name));
  const byPattern = contributes.languages.find((language) =>
    language.filenamePatterns?.some((pattern) => matchesGlob(pattern.includes("/") ? path : name, pattern)),
  );
  const byEnding = contributes.languages.find((language) =>
    language.extensions?.some((ending) => name.endsWith(ending)),
  );
  return (byName ?? byPattern ?? byEnding)?.id ?? null;
}

const FILES: Readonly<Record<string, readonly string[]>> = {
  "postfix-log": [
    "/var/log/mail.log",
    "/x/mail.log.1",
    "/x/mail.log.12",
    "/x/mail.err",
    "/x/mail.warn",
    "/x/mail.info",
    "/x/maillog",
    "/x/maillog-20261122",
  ],
  "postfix-main-cf": [
    "/etc/postfix/main.cf",
    "/x/main.cf",
    "/usr/share/postfix/main.cf.dist",
    "/x/main.cf.proto",
    "/etc/postfix/main.cf.bak",
  ],
  "postfix-master-cf": ["/x/master.cf", "/x/master.cf.dist", "/usr/libexec/postfix/master.cf.proto"],
  "postfix-table": [
    "/etc/aliases",
    "/etc/mail/aliases",
    "/etc/postfix/virtual",
    "/usr/local/etc/postfix/transport",
    "/etc/postfix/maps/sender_access",
    "/etc/postfix/access",
    "/etc/postfix/helo_access",
    "/etc/postfix/recipient_access",
    "/etc/postfix/client_access",
    "/etc/postfix/canonical",
    "/etc/postfix/sender_canonical",
    "/etc/postfix/generic",
    "/etc/postfix/relocated",
    "/etc/postfix/relay_domains",
    "/etc/postfix/sasl_passwd",
    "/etc/postfix/virtual_mailbox_maps",
    "/etc/postfix/sender_dependent_relayhost",
  ],
  "postfix-regexp-table": [
    "/x/helo_access.pcre",
    "/x/a.regexp",
    "/etc/postfix/header_checks",
    "/etc/postfix/body_checks",
  ],
  "postfix-cidr-table": ["/x/postscreen_access.cidr"],
  "postfix-table-config": [
    "/etc/postfix/mysql/virtual_mailbox_maps.cf",
    "/etc/postfix/ldap-users.cf",
    "/etc/postfix/mysql_virtual.cf",
    "/etc/postfix/sql/x.cf",
  ],
};

for (const [language, files] of Object.entries(FILES)) {
  test(`files that are ${language} by name`, () => {
    for (const file of files) assert.equal(languageOf(file), language, file);
  });
}

test("files of others are left to them", () => {
  for (const file of [
    "/x/app.log",
    "/x/access.log",
    "/x/access",
    "/x/virtual",
    "/x/transport",
    "/x/local.cf",
    "/etc/postfix/dynamicmaps.cf",
    "/x/aliases",
    "/etc/postfix/virtual.db",
    "/etc/postfix/virtual.lmdb",
    "/x/mail.log.1.gz",
    "/x/maillog-20261122.gz",
  ]) {
    assert.equal(languageOf(file), null, file);
  }
});

const FIRST_LINES: Readonly<Record<string, string>> = {
  "Nov 22 10:00:00 mx1 postfix/smtpd[12719]: connect": "postfix-log",
  "2026-11-22T10:00:00.123456+01:00 mx1 postfix/smtpd[12719]: connect": "postfix-log",
  "# Global Postfix configuration file. This file lists only a subset": "postfix-main-cf",
  "/^x$/ REJECT": "postfix-regexp-table",
  "192.0.2.0/24 REJECT": "postfix-cidr-table",
  "hosts = 127.0.0.1": "postfix-table-config",
};

test("first lines decide where names do not", () => {
  for (const [line, language] of Object.entries(FIRST_LINES)) {
    const found = contributes.languages.filter(
      ({ firstLine }) => firstLine !== undefined && new RegExp(firstLine).test(line),
    );
    assert.deepEqual(
      found.map(({ id }) => id),
      [language],
      line,
    );
  }
});

test("every file that the manifest names is there, and grammars have their own scope", () => {
  for (const { configuration } of contributes.languages)
    assert.ok(existsSync(new URL(configuration, ROOT)), configuration);
  for (const { path, scopeName, language } of contributes.grammars) {
    const grammar: unknown = JSON.parse(readFileSync(new URL(path, ROOT), "utf8"));
    assert.equal(
      grammar !== null && typeof grammar === "object" && "scopeName" in grammar && grammar.scopeName,
      scopeName,
    );
    assert.ok(contributes.languages.some(({ id }) => id === language));
  }
});
