import assert from "node:assert/strict";
import test from "node:test";
import { restrictionWalks } from "@postmaster/core/model/restrictions.ts";
import { servicesRunning } from "@postmaster/core/model/services.ts";
import { textOf } from "@postmaster/core/text/span.ts";
import { aServer } from "./a-server.ts";

const MAIN = `compatibility_level = 3.6
smtpd_restriction_classes = own_domain
own_domain = reject_unlisted_sender,
# why
    reject_sender_login_mismatch
common = permit_mynetworks, Permit_SASL_authenticated
smtpd_recipient_restrictions = $common warn_if_reject own_domain
    check_recipient_access hash:$config_directory/recipients
    {reject}
`;

test("variables and classes are followed, and every word keeps its place", async () => {
  const server = await aServer({ "main.cf": MAIN });
  const walk = restrictionWalks(server, null).find(({ list }) => list === "smtpd_recipient_restrictions");
  assert.deepEqual(
    walk?.steps.map(({ name, table, warnOnly }) => [name, table, warnOnly]),
    [
      ["permit_mynetworks", null, false],
      ["permit_sasl_authenticated", null, false],
      ["reject_unlisted_sender", null, true],
      ["reject_sender_login_mismatch", null, true],
      ["check_recipient_access", "hash:/etc/postfix/recipients", false],
      ["{reject}", null, false],
    ],
  );
  const login = walk?.steps[3]?.word;
  assert.equal(login?.owner?.kind === "main" ? login.owner.definition.name : "", "own_domain");
  assert.ok(login?.span);
  assert.equal(textOf(MAIN, login.span), "reject_sender_login_mismatch");
});

test("lists come in the order smtpd walks them, which smtpd_relay_before_recipient_restrictions changes", async () => {
  const order = async (main: string): Promise<readonly string[]> =>
    restrictionWalks(await aServer({ "main.cf": main }), null)
      .map(({ list }) => list)
      .slice(3, 5);
  assert.deepEqual(await order("compatibility_level = 3.6\n"), [
    "smtpd_relay_restrictions",
    "smtpd_recipient_restrictions",
  ]);
  assert.deepEqual(await order("compatibility_level = 2\n"), [
    "smtpd_recipient_restrictions",
    "smtpd_relay_restrictions",
  ]);
});

test("a bare table means the list's own check", async () => {
  const server = await aServer({ "main.cf": "smtpd_helo_restrictions = pcre:/etc/postfix/helo, reject\n" });
  const steps = restrictionWalks(server, null)[1]?.steps.map(({ name, table }) => [name, table]);
  assert.deepEqual(steps, [
    ["check_helo_access", "pcre:/etc/postfix/helo"],
    ["reject", null],
  ]);
});

test("a service's -o replaces the list", async () => {
  const master =
    "submission inet n - n - - smtpd\n  -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject\n";
  const server = await aServer({ "main.cf": MAIN, "master.cf": master });
  const [submission] = servicesRunning(server, "smtpd");
  assert.ok(submission);
  const walk = restrictionWalks(server, submission).find(({ list }) => list === "smtpd_recipient_restrictions");
  assert.deepEqual(
    walk?.steps.map(({ name, word }) => [name, word.owner?.kind]),
    [
      ["permit_sasl_authenticated", "override"],
      ["reject", "override"],
    ],
  );
});

test("classes and variables that name themselves end", async () => {
  const server = await aServer({
    "main.cf":
      "smtpd_restriction_classes = a\na = a reject\nloop = $loop permit\nsmtpd_client_restrictions = a $loop\n",
  });
  assert.deepEqual(
    restrictionWalks(server, null)[0]?.steps.map(({ name }) => name),
    ["a", "reject", "permit"],
  );
});
