import assert from "node:assert/strict";
import test from "node:test";
import type { DovecotConfiguration } from "@postmaster/core/model/find-dovecot.ts";
import { findDovecot } from "@postmaster/core/model/find-dovecot.ts";
import { memoryFile, memoryFiles } from "../model/memory-files.ts";
import { type Asking, edited, offerFor, offersFor, whyWithheld } from "./an-offer.ts";

const HEAD = "from libs.default_settings import *\n";

function iredapd(text: string | null, asking: Omit<Asking, "context">, answers: Readonly<Record<string, string>> = {}) {
  const file = text === null ? null : memoryFile("/srv/iredapd/settings.py", text);
  return offerFor({ ...asking, context: { iredapd: file, answers } });
}

const forged = (sender: string): Omit<Asking, "context"> => ({
  purpose: "iredapd-add",
  with: { setting: "ALLOWED_FORGED_SENDERS", value: "{sender}", expects: "email-address" },
  values: { sender },
  atLeast: "risky",
});

test("a value goes into the list that counts, or below the import", async () => {
  const add = async (text: string) => edited(await iredapd(text, forged("a@b.example")))["settings.py"];
  assert.equal(await add(HEAD), `${HEAD}ALLOWED_FORGED_SENDERS = ['a@b.example']\n`);
  assert.match(
    (await add(`${HEAD}ALLOWED_FORGED_SENDERS = ["x@y.example"]\n`)) ?? "",
    /= \["x@y\.example", ["']a@b\.example["']\]/,
  );
  const above = `ALLOWED_FORGED_SENDERS = []\n${HEAD}`;
  assert.equal(await add(above), `${above}ALLOWED_FORGED_SENDERS = ['a@b.example']\n`);
});

test("hostile values never become Python", async () => {
  for (const sender of [
    "a']\nimport os",
    "a'b@c.example",
    "a\\@b.example",
    "",
    "<>",
    "a@b@c",
    "x y@z.example",
    `${"a".repeat(300)}@b.example`,
    "ü@b.example",
  ]) {
    const offer = await iredapd(HEAD, forged(sender));
    assert.notEqual(offer.kind, "edit", sender);
    assert.notEqual(offer.kind, "lines", sender);
  }
});

const login: Omit<Asking, "context"> = {
  purpose: "iredapd-add",
  with: { setting: "ALLOWED_LOGIN_MISMATCH_SENDERS", value: "{sasl_username}", expects: "email-address" },
};

test("the login is asked for where the line lacks it, and a bare domain is refused", async () => {
  const asked = await iredapd(HEAD, login);
  assert.equal(asked.kind, "ask");
  const id = asked.kind === "ask" ? asked.question.id : "";
  assert.match(
    edited(await iredapd(HEAD, login, { [id]: "anna@example.com" }))["settings.py"] ?? "",
    /\['anna@example\.com'\]/,
  );
  assert.match(whyWithheld(await iredapd(HEAD, login, { [id]: "example.com" })), /not a plain e-mail address/);
});

test("an address that is no address is refused", async () => {
  const network = (client_address: string): Omit<Asking, "context"> => ({
    purpose: "iredapd-add",
    with: { setting: "MYNETWORKS", value: "{client_address}", expects: "ip-address" },
    values: { client_address },
  });
  for (const good of ["192.0.2.1", "2001:db8::1", "::1"])
    assert.equal((await iredapd(HEAD, network(good))).kind, "edit", good);
  for (const bad of ["0.0.0.0/0", "192.0.2", "192.0.2.256", ":::", "unknown", "1:2:3:4:5:6:7"])
    assert.equal((await iredapd(HEAD, network(bad))).kind, "withheld", bad);
});

test("a switch is switched on once; without settings.py there are lines to add", async () => {
  const enable: Omit<Asking, "context"> = {
    purpose: "iredapd-enable",
    with: { setting: "ALLOWED_LOGIN_MISMATCH_LIST_MEMBER" },
  };
  assert.match(
    edited(await iredapd(`${HEAD}ALLOWED_LOGIN_MISMATCH_LIST_MEMBER = False\n`, enable))["settings.py"] ?? "",
    /MEMBER = True\n$/,
  );
  assert.match(
    whyWithheld(await iredapd(`${HEAD}ALLOWED_LOGIN_MISMATCH_LIST_MEMBER = True\n`, enable)),
    /already says so/,
  );
  const lines = await iredapd(null, enable);
  assert.equal(lines.kind === "lines" ? lines.text : "", "ALLOWED_LOGIN_MISMATCH_LIST_MEMBER = True\n");
});

async function dovecot(
  files: Readonly<Record<string, string>> | null,
  message = "tried to use disallowed plaintext auth",
) {
  let found: DovecotConfiguration | null = null;
  if (files !== null) {
    const paths = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/w/${name}`, text]));
    found = await findDovecot(memoryFiles(paths), { setting: null, workspaceFolders: ["/w"], onThisMachine: false });
  }
  return offerFor({
    purpose: "dovecot-allow-plaintext",
    with: {},
    context: { dovecot: found },
    message,
    atLeast: "review",
  });
}

test("Dovecot 2.3 and 2.4 have different words for it", async () => {
  const old = await dovecot({
    "dovecot.conf": "!include conf.d/*.conf\n",
    "conf.d/10-auth.conf": "#disable_plaintext_auth = yes\n",
  });
  assert.match(edited(old)["10-auth.conf"] ?? "", /^disable_plaintext_auth = no$/m);
  assert.equal(old.safety, "risky");
  const modern = await dovecot({ "dovecot.conf": "dovecot_config_version = 2.4.0\n" });
  assert.match(edited(modern)["dovecot.conf"] ?? "", /^auth_allow_cleartext = yes$/m);
  const upgraded = await dovecot({ "dovecot.conf": "disable_plaintext_auth = yes\n" }, "disallowed cleartext auth");
  assert.match(edited(upgraded)["dovecot.conf"] ?? "", /^auth_allow_cleartext = yes$/m);
  const told = await dovecot(null, "tried to use disallowed cleartext auth");
  assert.equal(told.kind === "lines" ? told.text : "", "auth_allow_cleartext = yes\n");
});

test("what stands below the includes has the last word", async () => {
  const offer = await dovecot({
    "dovecot.conf": "!include conf.d/*.conf\ndisable_plaintext_auth = yes\n",
    "conf.d/10-auth.conf": "disable_plaintext_auth = yes\n",
  });
  assert.deepEqual(Object.keys(edited(offer)), ["dovecot.conf"]);
});

test("no use while ssl = required", async () => {
  assert.match(whyWithheld(await dovecot({ "dovecot.conf": "ssl = required\n" })), /no effect: ssl = required/);
});

test("a service is started by the system's own command, or one offer a system", async () => {
  const start: Asking = { purpose: "start-service", with: { service: "amavis" } };
  const known = await offerFor({ ...start, context: { osFamily: "openbsd" } });
  assert.deepEqual([known.id, known.commands], ["entry/fix", ["rcctl restart amavisd"]]);
  const all = await offersFor({ ...start, context: { osFamily: null } });
  assert.deepEqual(
    all.map(({ id, commands }) => [id, ...commands]),
    [
      ["entry/fix/debian", "systemctl restart amavis"],
      ["entry/fix/rhel", "systemctl restart amavisd"],
      ["entry/fix/freebsd", "service amavisd restart"],
      ["entry/fix/openbsd", "rcctl restart amavisd"],
    ],
  );
});
