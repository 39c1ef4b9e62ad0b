import assert from "node:assert/strict";
import test from "node:test";
import { admissionOf, waysOf } from "@postmaster/core/model/admission/admission.ts";
import { compareAdmission, describeWidenings, opensRelay } from "@postmaster/core/model/admission/compare-admission.ts";
import type { StrangerRequest } from "@postmaster/core/model/admission/requests.ts";
import { tableSummaries } from "@postmaster/core/model/admission/table-summary.ts";
import { aServer } from "./a-server.ts";

const policies = { refusesOwnSenders: () => false };
const RELAYING: StrangerRequest = { sender: "foreign", recipient: "foreign" };
const TO_MAILBOX: StrangerRequest = { sender: "foreign", recipient: "virtual-mailbox" };
const FORGED: StrangerRequest = { sender: "own", recipient: "virtual-mailbox" };

async function admission(main: string, request: StrangerRequest, tables: Record<string, string> = {}) {
  const server = await aServer({ "main.cf": main, ...tables });
  return admissionOf(waysOf({ server, service: null, request, policies, summaries: tableSummaries(), depth: 0 }));
}

test("who is admitted", async () => {
  const relay = "smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination\n";
  const none = "smtpd_relay_restrictions =\n";
  assert.equal(await admission(relay, RELAYING), "refused");
  assert.equal(await admission(relay, TO_MAILBOX), "admitted");
  assert.equal(await admission(`${relay}mynetworks = 0.0.0.0/0\n`, RELAYING), "admitted");
  assert.equal(
    await admission("smtpd_relay_restrictions = warn_if_reject reject_unauth_destination\n", RELAYING),
    "admitted",
  );
  assert.equal(await admission("compatibility_level = 3.6\n", RELAYING), "refused");
  assert.equal(await admission(none, RELAYING), "admitted");
  const helo = "check_helo_access pcre:/etc/postfix/helo";
  const list = `${none}smtpd_recipient_restrictions = ${helo}, reject_unauth_destination\n`;
  assert.equal(await admission(list, RELAYING, { helo: "/x/ REJECT\n" }), "refused");
  assert.equal(await admission(list, RELAYING, { helo: "/x/ OK\n" }), "unknown");
  assert.equal(await admission(list, RELAYING), "unknown");
  const login = `${relay}smtpd_sender_restrictions = reject_sender_login_mismatch\n`;
  assert.equal(await admission(`${login}smtpd_sender_login_maps = hash:/etc/postfix/logins\n`, FORGED), "refused");
  assert.equal(await admission(login, FORGED), "admitted");
});

test("what a table may say is feared, where Postfix would hear it", async () => {
  const relay = (check: string): string => `smtpd_relay_restrictions = ${check}, reject_unauth_destination\n`;
  // smtpd answers 451 to an OK of these.
  const servers = relay("check_sender_mx_access hash:/etc/postfix/t");
  assert.equal(await admission(servers, RELAYING, { t: "192.0.2.1 OK\n" }), "refused");
  const helo = relay("check_helo_access hash:/etc/postfix/t");
  assert.equal(await admission(helo, RELAYING, { t: "x REJECT\n" }), "refused");
  assert.equal(await admission(helo, RELAYING, { t: "x some_class\n" }), "unknown", "a class nobody defines");
  const circle = `smtpd_restriction_classes = c\nc = check_helo_access hash:/etc/postfix/t\n${helo}`;
  assert.equal(await admission(circle, RELAYING, { t: "x c\n" }), "unknown", "a class that leads back to itself");
});

const GUARDED = `smtpd_restriction_classes = own
own = reject_unlisted_sender
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/senders
smtpd_helo_restrictions = check_helo_access pcre:/etc/postfix/helo, reject_non_fqdn_helo_hostname
`;
const TABLES = { helo: "/x/ REJECT\n", senders: "example.org own\n" };

async function compare(after: string, tables: Record<string, string> = TABLES, before = GUARDED) {
  return compareAdmission(
    await aServer({ "main.cf": before, ...TABLES }),
    await aServer({ "main.cf": after, ...tables }),
  );
}

test("no change, and a stricter list, widen nothing", async () => {
  assert.deepEqual(await compare(GUARDED), []);
  assert.deepEqual(await compare(`${GUARDED}smtpd_client_restrictions = reject_unknown_client_hostname\n`), []);
  assert.deepEqual(await compare(GUARDED.replace("reject_unauth_destination", "reject")), []);
});

test("an OK for a HELO name lets mail in, and with a relay list opens no relay", async () => {
  const widened = await compare(GUARDED, { ...TABLES, helo: "/y/ OK\n/x/ REJECT\n" });
  assert.equal(opensRelay(widened), false);
  assert.match(describeWidenings(widened), /Mail from strangers to local users.* may be accepted/);
});

test("the same OK in front of the only reject_unauth_destination is an open relay", async () => {
  const alone =
    "smtpd_relay_restrictions =\nsmtpd_recipient_restrictions = check_helo_access pcre:/etc/postfix/helo, reject_unauth_destination\n";
  const widened = await compare(alone, { helo: "/y/ OK\n/x/ REJECT\n" }, alone);
  assert.equal(opensRelay(widened), true);
});

test("tables in the configuration itself are told apart, and so are those that others are made of", async () => {
  const list = (table: string): string => `smtpd_client_restrictions = check_client_access ${table}, permit\n`;
  const inline = list("inline:{{192.0.2.1 = REJECT}}");
  assert.deepEqual(await compare(inline, TABLES, inline), []);
  assert.notDeepEqual(await compare(list("inline:{{192.0.2.2 = REJECT}}"), TABLES, inline), []);
  const both = list("unionmap:{hash:/etc/postfix/senders, inline:{{192.0.2.1 = REJECT}}}");
  assert.deepEqual(await compare(both, TABLES, both), []);
  assert.notDeepEqual(await compare(both, { ...TABLES, senders: "" }, both), []);
});

test("a restriction class that only a table names is looked into", async () => {
  const widened = await compare(GUARDED.replace("own = reject_unlisted_sender", "own = permit"));
  assert.notDeepEqual(widened, []);
});

test("a service that a change adds is compared with nothing", async () => {
  const before = await aServer({ "main.cf": GUARDED, "master.cf": "smtp inet n - n - - smtpd\n" });
  const after = await aServer({
    "main.cf": GUARDED,
    "master.cf": "smtp inet n - n - - smtpd\n2525 inet n - n - - smtpd\n",
  });
  assert.notDeepEqual(compareAdmission(before, after), []);
});

test("more trusted networks and relay domains are named", async () => {
  const widened = await compare(`${GUARDED}relay_domains = example.net\n`);
  assert.match(describeWidenings(widened), /relay_domains gains example\.net/);
});

test("a table of a hundred thousand entries and many services is compared in passing", async () => {
  const senders = Array.from({ length: 100_000 }, (_, index) => `d${index}.example own\n`).join("");
  const services = Array.from({ length: 8 }, (_, index) => `${2500 + index} inet n - n - - smtpd\n`).join("");
  const files = { "main.cf": GUARDED, "master.cf": services, helo: "/x/ REJECT\n", senders };
  const before = await aServer(files);
  const after = await aServer({ ...files, helo: "/y/ OK\n/x/ REJECT\n" });
  const start = performance.now();
  assert.equal(opensRelay(compareAdmission(before, after)), false);
  assert.ok(performance.now() - start < 2000);
});
