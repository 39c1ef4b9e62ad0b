import assert from "node:assert/strict";
import test from "node:test";
import { daemonByName } from "@postmaster/core/reference/daemon.ts";
import { allParameters, parameterByName } from "@postmaster/core/reference/parameter.ts";
import { defaultOf, isKnownIn } from "@postmaster/core/reference/parameter-default.ts";
import {
  compareVersions,
  hasSince,
  type PostfixVersion,
  parsePostfixVersion,
} from "@postmaster/core/reference/postfix-version.ts";
import { restrictionByName } from "@postmaster/core/reference/restriction.ts";
import { decodeEnhanced, decodeReply } from "@postmaster/core/reference/status-code.ts";
import { accessActionByWord } from "@postmaster/core/reference/table-action.ts";
import { tableConfigKey, tableTypeByName } from "@postmaster/core/reference/table-type.ts";

test("versions: 3.10 is newer than 3.9, a snapshot counts as its release, other words are no version", () => {
  assert.ok(compareVersions(version("3.10"), version("3.9.6")) > 0);
  assert.deepEqual(parsePostfixVersion("3.12-20260821"), { major: 3, minor: 12, patch: 0 });
  for (const word of ["", "3", "3.x", "3.7.11.2", "three", "3.".padEnd(40, "1")])
    assert.equal(parsePostfixVersion(word), null);
});

test("a parameter carried back to older series is known there from that patch on", () => {
  assert.equal(hasSince(version("3.7.10"), "3.9", ["3.7.10", "3.8.5"]), true);
  assert.equal(hasSince(version("3.7.9"), "3.9", ["3.7.10", "3.8.5"]), false);
  assert.equal(hasSince(version("2.0"), null), true);
});

test("every service has its own parameters; a name of its own wins over the template", () => {
  const limit = parameterByName("relay_destination_concurrency_limit");
  assert.equal(limit?.class, "template");
  assert.equal(limit.template?.service, "relay");
  assert.equal(limit.default, "$default_destination_concurrency_limit");
  assert.equal(parameterByName("local_destination_concurrency_limit")?.class, "builtin");
  assert.equal(parameterByName("x_extra_recipient_limit")?.template?.service, "x");
  assert.equal(parameterByName("_recipient_limit"), null);
  assert.equal(parameterByName("virtual_alias_expantion_limit"), null);
  assert.equal(parameterByName("constructor"), null);
});

test("defaults follow the release", () => {
  assert.equal(defaultOf("virtual_alias_expansion_limit"), "1000");
  assert.equal(defaultOf("address_verify_map", version("2.6")), "");
  assert.equal(defaultOf("address_verify_map", version("3.7.11")), "btree:$data_directory/verify_cache");
  assert.equal(defaultOf("address_verify_map", version("3.11")), "$default_cache_db_type:$data_directory/verify_cache");
  assert.equal(defaultOf("myhostname"), null);
  assert.equal(defaultOf("postscreen_access_list", version("2.7")), null);
});

test("a removed parameter is known to the releases that had it", () => {
  const removed = parameterByName("tls_fast_shutdown");
  assert.ok(removed);
  assert.equal(isKnownIn(removed, version("3.4.2")), true);
  assert.equal(isKnownIn(removed, version("3.5")), false);
  assert.equal(isKnownIn(removed, null), false);
});

test("where one parameter replaces another, the other exists", () => {
  for (const { name, deprecated } of allParameters()) {
    const replacement = deprecated?.replacement ?? null;
    if (replacement !== null) assert.ok(parameterByName(replacement), `${name} → ${replacement}`);
  }
});

test("restrictions are found by older names and in any case", () => {
  assert.equal(restrictionByName("Reject_Unknown_Client")?.name, "reject_unknown_client_hostname");
  assert.equal(restrictionByName("check_relay_domains")?.removed?.removedIn, "3.9");
  assert.deepEqual(restrictionByName("reject_sender_login_mismatch")?.expandsTo, [
    "reject_authenticated_sender_login_mismatch",
    "reject_unauthenticated_sender_login_mismatch",
  ]);
  assert.equal(restrictionByName("smtpd_helo_restrictions"), null);
});

test("bare digits in an access table permit; a code wants a text", () => {
  assert.equal(accessActionByWord("550", false)?.effect, "permit");
  assert.equal(accessActionByWord("550", true)?.name, "4NN | 5NN");
  assert.equal(accessActionByWord("250", true)?.effect, "permit");
  assert.equal(accessActionByWord("dunno", false)?.name, "DUNNO");
  assert.equal(accessActionByWord("own_class", false), null);
});

test("status codes come apart", () => {
  const status = decodeEnhanced("5.7.1");
  assert.equal(status?.class.digit, 5);
  assert.equal(status.subject?.number, 7);
  assert.equal(status.detail?.code, "X.7.1");
  assert.equal(decodeEnhanced("4.99.999")?.detail, null);
  for (const word of ["", "5", "5.7", "3.7.1", "5.7.1.1", "5..1", "5.7.1234", "٥.7.1"])
    assert.equal(decodeEnhanced(word), null);
  assert.equal(decodeReply(504)?.name, "parameter not implemented");
  assert.equal(decodeReply(499)?.name, null);
  assert.equal(decodeReply(199), null);
  assert.equal(decodeReply(450.5), null);
});

test("services, table types and keys of client files are found by name", () => {
  assert.equal(daemonByName("defer")?.name, "bounce");
  assert.equal(daemonByName("amavisd"), null);
  assert.equal(tableTypeByName("lmdb")?.indexSuffix, ".lmdb");
  assert.equal(tableConfigKey("mysql", "hosts")?.table, "mysql");
});

function version(text: string): PostfixVersion {
  const parsed = parsePostfixVersion(text);
  assert.ok(parsed, text);
  return parsed;
}
