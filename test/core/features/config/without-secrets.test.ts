import assert from "node:assert/strict";
import { test } from "node:test";
import { secretsHidden } from "@postmaster/core/features/config/without-secrets.ts";
import { contextOf } from "./a-context.ts";

const FILES = {
  "main.cf": "smtp_sasl_password_maps = hash:/etc/postfix/sasl_passwd\ntransport_maps = hash:/etc/postfix/transport\n",
  sasl_passwd: "[relay.example] anna:hunter22\n",
  transport: "far.example smtp:[relay.example]\n",
};

test("a table of passwords loses them in what is said of it", async () => {
  const shown = secretsHidden(await contextOf(FILES, "sasl_passwd"));
  assert.doesNotMatch(shown("anna:hunter22"), /hunter22/);
});

test("what another table answers is no secret, and is said as it stands there", async () => {
  const shown = secretsHidden(await contextOf(FILES, "transport"));
  assert.equal(shown("far.example smtp:[relay.example]"), "far.example smtp:[relay.example]");
});
