import assert from "node:assert/strict";
import test from "node:test";
import { effectiveValue } from "@postmaster/core/model/effective.ts";
import { servicesOfTag, servicesRunning } from "@postmaster/core/model/services.ts";
import { aServer } from "./a-server.ts";

const MASTER = `smtp inet n - n - - smtpd
submission inet n - n - - smtpd
  -o syslog_name=postfix/submission
  -o myhostname=out.example.org
  -o mydestination=
`;

test("the last definition counts, and its $names are expanded", async () => {
  const server = await aServer({
    "main.cf": "myhostname = a.example\nmyhostname = mail.example.org\nmyorigin = $mydomain\n",
  });
  const value = effectiveValue(server, "myorigin");
  assert.equal(value.expanded, "example.org");
  assert.equal(value.owner?.kind === "main" ? value.owner.definition.line : 0, 3);
});

test("a service sees its own -o, in other values too", async () => {
  const server = await aServer({
    "main.cf": "myhostname = mail.example.org\nsmtpd_banner = $myhostname ESMTP\n",
    "master.cf": MASTER,
  });
  const submission = servicesRunning(server, "smtpd").find(({ name }) => name === "submission");
  assert.ok(submission);
  assert.equal(effectiveValue(server, "smtpd_banner", submission).expanded, "out.example.org ESMTP");
  assert.equal(effectiveValue(server, "smtpd_banner").expanded, "mail.example.org ESMTP");
  assert.equal(effectiveValue(server, "mydestination", submission).expanded, "");
  assert.equal(effectiveValue(server, "mydestination", submission).owner?.kind, "override");
});

test("what is written nowhere has its default and no owner", async () => {
  const server = await aServer({ "main.cf": "myhostname = mail.example.org\n" });
  const value = effectiveValue(server, "mydestination");
  assert.equal(value.owner, null);
  assert.equal(value.expanded, "mail.example.org, localhost.example.org, localhost");
});

test("a value that refers to itself has no expansion", async () => {
  const server = await aServer({ "main.cf": "myhostname = $mydomain\nmydomain = $myhostname\n" });
  assert.equal(effectiveValue(server, "myhostname").expanded, null);
});

test("the tag of a line tells its service", async () => {
  const server = await aServer({ "main.cf": "", "master.cf": MASTER });
  const names = (tag: string | null): unknown =>
    servicesOfTag(server, tag, "smtpd").map((service) => service?.name ?? null);
  assert.deepEqual(names("postfix/submission/smtpd"), ["submission"]);
  assert.deepEqual(names("postfix/smtpd"), ["smtp"]);
  assert.deepEqual(names("mta-out/smtpd"), ["smtp", "submission"]);
  assert.deepEqual(servicesOfTag(server, "postfix/cleanup", "cleanup"), [null]);
});
