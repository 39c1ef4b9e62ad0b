import assert from "node:assert/strict";
import test from "node:test";
import { aServer } from "../model/a-server.ts";
import { edited, offerFor, whyWithheld } from "./an-offer.ts";

const MAIN = `smtpd_relay_restrictions = reject_unauth_destination
smtpd_helo_restrictions = check_helo_access pcre:/etc/postfix/helo
`;
const TABLE = `/^good\\.example$/ OK
/(\\.local)$/
# in between
  REJECT ACCESS DENIED. Not itself (\${1})
/(\\.lan)$/ REJECT ACCESS DENIED. Not itself (\${1})
`;

async function ask(purpose: string, helo: string, reply: string, files: Readonly<Record<string, string>>) {
  const server = await aServer({ "main.cf": MAIN, ...files });
  return offerFor({
    purpose,
    with: { helo: "{helo}", reply },
    values: { helo },
    context: { server },
    atLeast: "review",
  });
}

test("an exception right above the rule; DUNNO is enough where nothing behind refuses the name", async () => {
  const offer = await ask("except-helo", "mail.corp.local", "ACCESS DENIED. Not itself (.local)", { helo: TABLE });
  assert.equal(edited(offer)["helo"], TABLE.replace("/(\\.local)$/", "/^mail\\.corp\\.local$/ DUNNO\n/(\\.local)$/"));
  assert.match(offer.title, /above line 2 of helo/);
});

test("OK where the next restriction would refuse the same name", async () => {
  const main = MAIN.replace("helo\n", "helo, reject_unknown_helo_hostname\n");
  const offer = await ask("except-helo", "mail.corp.local", "ACCESS DENIED. Not itself (.local)", {
    "main.cf": main,
    helo: TABLE,
  });
  assert.match(edited(offer)["helo"] ?? "", /\/\^mail\\\.corp\\\.local\$\/ OK\n/);
});

test("a table with keys takes the whole name, which Postfix looks up before its parents", async () => {
  const main = MAIN.replace("pcre:", "hash:");
  const offer = await ask("except-helo", "mail.corp.local", "Go away", {
    "main.cf": main,
    helo: "local REJECT Go away\n",
  });
  assert.match(edited(offer)["helo"] ?? "", /^mail\.corp\.local\s+DUNNO$/m);
  assert.deepEqual(offer.after, [{ kind: "postmap", table: "hash:/etc/postfix/helo" }, { kind: "reload" }]);
});

test("the rule is commented out as a whole, and nothing glues to its neighbours", async () => {
  const offer = await ask("disable-rule", "mail.corp.local", "ACCESS DENIED. Not itself (.local)", { helo: TABLE });
  const lines = (edited(offer)["helo"] ?? "").split("\n");
  assert.deepEqual(
    lines.filter((line) => !line.startsWith("#")),
    ["/^good\\.example$/ OK", "/(\\.lan)$/ REJECT ACCESS DENIED. Not itself (${1})", ""],
  );
  assert.equal(offer.safety, "risky");
});

test("a rule with other words is not the one that wrote the reply", async () => {
  const offer = await ask("disable-rule", "mail.corp.local", "Something else", { helo: TABLE });
  assert.match(whyWithheld(offer), /line 2 of helo refuses this name with another text/);
});

test("a rule that accepts the name by now is said", async () => {
  const offer = await ask("disable-rule", "good.example", "ACCESS DENIED. Not itself (.local)", { helo: TABLE });
  assert.match(whyWithheld(offer), /line 1 of helo does not refuse this name/);
});

test("what the engine cannot decide is unknown, unless its words rule it out", async () => {
  const reply = "ACCESS DENIED. Not itself (.local)";
  const other = await ask("disable-rule", "a.local", reply, { helo: `/undecidable/ REJECT Other words\n${TABLE}` });
  assert.equal(other.kind, "edit");
  const same = await ask("disable-rule", "a.local", reply, {
    helo: `/undecidable/ REJECT ACCESS DENIED. Not itself ($1)\n${TABLE}`,
  });
  assert.match(whyWithheld(same), /line 1 of helo.* cannot be decided/);
});

test("rules inside if and endif count only where the if matches", async () => {
  const table = `if !/^mail/\n/\\.local$/ REJECT first\nendif\nif /corp/\n/\\.local$/ REJECT second\nendif\n`;
  const offer = await ask("disable-rule", "mail.corp.local", "second", { helo: table });
  assert.equal(edited(offer)["helo"], table.replace("/\\.local$/ REJECT second", "#/\\.local$/ REJECT second"));
});

test("no table, no rule", async () => {
  assert.match(
    whyWithheld(await ask("disable-rule", "a.local", "x", {})),
    /pcre:\/etc\/postfix\/helo rejected cannot be decided/,
  );
});
