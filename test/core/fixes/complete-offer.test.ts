import assert from "node:assert/strict";
import test from "node:test";
import { aServer } from "../model/a-server.ts";
import { type Asking, edited, offerFor, whyWithheld } from "./an-offer.ts";

const raise: Asking = {
  purpose: "raise-limit",
  with: { parameter: "virtual_alias_expansion_limit" },
  program: "postfix/cleanup",
};

test("a file that is not UTF-8 is left to those who write bytes", async () => {
  const server = await aServer({ "main.cf": "# caf\u00e9\n" }, { traits: { encoding: "bytes" } });
  assert.match(whyWithheld(await offerFor({ ...raise, context: { server } })), /main\.cf is not valid UTF-8/);
  assert.match(
    edited(await offerFor({ ...raise, context: { server, editsBytes: true } }))["main.cf"] ?? "",
    /^# caf\u00e9\nvirtual_alias/,
  );
});

test("of a table that is not UTF-8 there is no patch to copy: it would write its bytes as UTF-8", async () => {
  const main =
    "smtpd_relay_restrictions = reject_unauth_destination\nsmtpd_helo_restrictions = check_helo_access pcre:/etc/postfix/helo, reject_non_fqdn_helo_hostname\n";
  const commandsFor = async (encoding: "utf-8" | "bytes"): Promise<number> => {
    const server = await aServer({ "main.cf": main, helo: "# caf\u00e9\n" }, { traits: { encoding } });
    const offer = await offerFor({
      purpose: "accept-helo",
      with: { helo: "{helo}", before: "reject_non_fqdn_helo_hostname" },
      values: { helo: "OFFICEPC7" },
      context: { server, editsBytes: true },
    });
    assert.equal(offer.kind, "edit");
    return offer.commands.length;
  };
  assert.equal(await commandsFor("bytes"), 0);
  assert.notEqual(await commandsFor("utf-8"), 0);
});

test("a file that may not be written is changed by commands", async () => {
  const server = await aServer({ "main.cf": "a = b\n" }, { directory: "/etc/postfix", traits: { writable: false } });
  const offer = await offerFor({ ...raise, context: { server } });
  assert.equal(offer.kind, "commands");
  assert.equal(offer.kind === "commands" ? offer.locked : "", "main.cf");
  assert.deepEqual(offer.commands, ["postconf -e 'virtual_alias_expansion_limit = 1500'", "postfix reload"]);
});

test("another instance's commands name its folder", async () => {
  const server = await aServer({ "main.cf": "" }, { directory: "/etc/postfix-out" });
  const { commands } = await offerFor({ ...raise, context: { server } });
  assert.deepEqual(commands, [
    "postconf -c /etc/postfix-out -e 'virtual_alias_expansion_limit = 1500'",
    "postfix -c /etc/postfix-out reload",
  ]);
});

test("no command is offered that would hold a password of the configuration", async () => {
  const main = (key: string): string =>
    `my_password = hunter22\nsmtpd_relay_restrictions = reject_unauth_destination\nsmtpd_helo_restrictions = check_helo_access inline:{${key}=OK}, reject_non_fqdn_helo_hostname\n`;
  const commandsWith = async (key: string): Promise<number> => {
    const server = await aServer({ "main.cf": main(key) }, { directory: "/etc/postfix" });
    const offer = await offerFor({
      purpose: "accept-helo",
      with: { helo: "{helo}", before: "reject_non_fqdn_helo_hostname" },
      values: { helo: "OFFICEPC7" },
      context: { server },
    });
    assert.equal(offer.kind, "edit");
    return offer.commands.length;
  };
  assert.equal(await commandsWith("officepc6"), 2);
  assert.equal(await commandsWith("hunter22"), 0);
});

test("a title shows what a stranger wrote as harmless text", async () => {
  const offer = await offerFor({ ...raise, title: "For {helo}", values: { helo: `a\u202eb\n${"x".repeat(500)}` } });
  assert.ok(!/[\n\u202e]/.test(offer.title));
  assert.ok(offer.title.length < 200);
});

test("an unknown purpose is withheld, not thrown", async () => {
  assert.match(whyWithheld(await offerFor({ purpose: "no-such", with: {} })), /cannot do/);
});
