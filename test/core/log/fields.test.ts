import assert from "node:assert/strict";
import { test } from "node:test";
import { lineFields, readCommands, readDelays } from "@postmaster/core/log/fields.ts";
import { createLogEngine } from "@postmaster/core/log/log-engine.ts";
import { messageTemplates } from "@postmaster/core/log/message-data.ts";
import { referenceMessages } from "./reference-messages.ts";

const engine = createLogEngine(messageTemplates(referenceMessages()));
const typed = (line: string): ReturnType<typeof lineFields> => lineFields(engine.readText(line).template);

test("a rejected recipient", () => {
  const fields = typed(
    "Nov 22 10:00:00 mail postfix/smtpd[1]: NOQUEUE: reject: RCPT from a.example[192.0.2.1]:4711: 550 5.1.1 <u@d.example>: " +
      "Recipient address rejected: User unknown; from=<> to=<u@d.example> proto=ESMTP helo=<h> sasl_method=PLAIN sasl_username=bob",
  );
  assert.equal(fields.queueId, null);
  assert.deepEqual(
    [fields.verb, fields.stage, fields.clientName, fields.clientAddress, fields.clientPort, fields.code, fields.dsn],
    ["reject", "RCPT", "a.example", "192.0.2.1", 4711, 550, "5.1.1"],
  );
  assert.deepEqual(
    [fields.sender, fields.recipient, fields.protocol, fields.helo, fields.saslMethod, fields.saslUsername],
    ["", "u@d.example", "ESMTP", "h", "PLAIN", "bob"],
  );
  assert.equal(fields.reason, "Recipient address rejected: User unknown");
});

test("a delivery", () => {
  const fields = typed(
    "Nov 22 10:00:00 mail postfix/smtp[1]: 4Zx1Qk0Y1M: to=<c@d.example>, orig_to=<c>, relay=none, delay=31, delays=0.1/0/31/0, dsn=4.4.1, status=deferred (connect to d.example[192.0.2.1]:25: Connection timed out)",
  );
  assert.deepEqual(
    [fields.queueId, fields.recipient, fields.origRecipient, fields.relay, fields.delay, fields.dsn, fields.status],
    ["4Zx1Qk0Y1M", "c@d.example", "c", "none", 31, "4.4.1", "deferred"],
  );
  assert.deepEqual(fields.delays, { before: 0.1, queue: 0, connect: 31, transmit: 0 });
  assert.equal(fields.clientAddress, null);
});

test("a session's commands", () => {
  const { commands } = typed(
    "Nov 22 10:00:00 mail postfix/smtpd[1]: disconnect from a[192.0.2.1] ehlo=2 auth=0/3 commands=2/5 notes=x",
  );
  assert.deepEqual(commands && [...commands], [
    ["ehlo", { accepted: 2, given: 2 }],
    ["auth", { accepted: 0, given: 3 }],
    ["commands", { accepted: 2, given: 5 }],
  ]);
});

test("numbers that are none are null", () => {
  assert.equal(readDelays("1/2/3"), null);
  assert.equal(readDelays("1/2/3/4/5"), null);
  assert.equal(readDelays("1/2/3/x"), null);
  assert.equal(readDelays(null), null);
  assert.deepEqual(readCommands(" a=b =1 c"), new Map());
});

test("a line that is not recognised has no fields", () => {
  assert.ok(Object.values(lineFields(null)).every((value) => value === null));
});
