import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { SYSTEMS } from "@postmaster/core/log/systems.ts";
import { referenceMessages } from "./reference-messages.ts";

const engine = createCatalogueEngine();
const FIXTURE = new URL("fixtures/neighbours.log", import.meta.url);

/** Every line of the fixture with the id above it. */
function expected(): readonly { readonly id: string; readonly line: string }[] {
  let id = "";
  return readFileSync(FIXTURE, "utf8")
    .split("\n")
    .flatMap((line) => {
      if (line.startsWith("# ")) id = line.slice(2);
      return line === "" || line.startsWith("#") ? [] : [{ id, line }];
    });
}

for (const { id, line } of expected()) {
  test(`${id}: ${line}`, () => assert.equal(engine.readText(line).template?.templateId, id));
}

test("a line shows the program it belongs to, and every program has lines here", () => {
  const systemOf = new Map(referenceMessages().map((record) => [record.id, record.system ?? "postfix"]));
  const seen = new Set(expected().map(({ id }) => id.slice(0, id.indexOf("/"))));
  for (const { id, line } of expected()) {
    const { system } = engine.readText(line);
    // What syslogd says for itself has no tag.
    if (!line.includes("last message repeated")) assert.equal(system, systemOf.get(id), line);
  }
  assert.deepEqual(
    SYSTEMS.filter((system) => !seen.has(system) && system !== "postfix" && system !== "mta-sts-daemon"),
    [],
  );
});

test("typed fields of the neighbours", () => {
  const fieldsOf = (part: string): Readonly<Record<string, string>> => {
    const found = expected().find(({ line }) => line.includes(part));
    const fields = Object.entries(engine.readText(found?.line ?? "").template?.fields ?? {});
    return Object.fromEntries(fields.map(([name, { value }]) => [name, value]));
  };
  assert.deepEqual(fieldsOf("imap-login: Login: "), {
    user: "anna@example.com",
    session: ", method=PLAIN, rip=192.0.2.77, lip=192.0.2.1, mpid=4711, TLS, session=<VYBYBL8+RtHAAAJN>",
    sasl_method: "PLAIN",
    client_address: "192.0.2.77",
    server_address: "192.0.2.1",
    mail_pid: "4711",
    tls: "TLS",
    session_id: "VYBYBL8+RtHAAAJN",
  });
  const { report, ...spammy } = fieldsOf("Passed SPAMMY");
  assert.ok(report?.startsWith(", Message-ID"));
  assert.deepEqual(spammy, {
    category: "SPAMMY",
    actions: "RelayedTaggedInbound",
    origin: "ORIGINATING LOCAL [192.0.2.10]:58312",
    sender: "bob@sender.example",
    recipients: "<anna@example.com>,<eve@example.com>",
    message_id: "<x, y@sender.example>",
    mail_id: "kQ1xYz",
    score: "6.2",
    size: "2412",
    new_queue_id: "4Zx1Qm2Bcdz3kU",
    elapsed_ms: "912",
  });
});
