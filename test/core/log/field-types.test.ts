import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createLogEngine } from "@postmaster/core/log/log-engine.ts";

/** The fields of a message that one template matches, by name; null if it does not. */
function fields(template: string, message: string): Record<string, string> | null {
  const found = createLogEngine([{ id: "x", text: template, layer: "message" }]).readText(message).template;
  return found && Object.fromEntries(Object.entries(found.fields).map(([name, { value }]) => [name, value]));
}

const CASES: Readonly<
  Record<string, readonly (readonly [template: string, message: string, expected: Record<string, string> | null])[]>
> = {
  queue_id: [
    ["{queue_id}: x", "4Zx1Qk0Y1Mz3kT: x", { queue_id: "4Zx1Qk0Y1Mz3kT" }],
    ["{queue_id}: x", "9E2B21C0A3: x", { queue_id: "9E2B21C0A3" }],
    ["{queue_id}: x", "NOQUEUE: x", { queue_id: "NOQUEUE" }],
    ["{queue_id}: x", "abc: x", null],
  ],
  client: [
    [
      "from {client}",
      "from a.example[192.0.2.1]",
      { client: "a.example[192.0.2.1]", client_name: "a.example", client_address: "192.0.2.1" },
    ],
    [
      "from {client}: x",
      "from a[2001:db8::1]:4711: x",
      { client: "a[2001:db8::1]:4711", client_name: "a", client_address: "2001:db8::1", client_port: "4711" },
    ],
    [
      "from {client}",
      "from [192.0.2.1]:25",
      { client: "[192.0.2.1]:25", client_name: "", client_address: "192.0.2.1", client_port: "25" },
    ],
    [
      "to {client}: x",
      "to d[private/lmtp]: x",
      { client: "d[private/lmtp]", client_name: "d", client_address: "private/lmtp" },
    ],
    [
      "from {client}",
      "from unknown[unknown]",
      { client: "unknown[unknown]", client_name: "unknown", client_address: "unknown" },
    ],
    ["from {client}", "from nobody", null],
    ["from {client}", "from a b[1]", null],
  ],
  stage: [
    ["after {stage} from", "after END-OF-MESSAGE from", { stage: "END-OF-MESSAGE" }],
    ["after {stage} from", "after DATA content from", { stage: "DATA content" }],
    ["after {stage} from", "after data from", null],
  ],
  code: [
    ["{code} {dsn} x", "450 4.7.25 x", { code: "450", dsn: "4.7.25" }],
    ["{code} x", "45 x", null],
    ["{code} x", "4500 x", null],
    ["{dsn} x", "4.7 x", null],
  ],
  number: [
    ["{n:int} {m:number}", "-3 0.25", { n: "-3", m: "0.25" }],
    ["{n:int}", "3.5", null],
  ],
  ip: [
    ["address {a:ip}: x", "address 192.0.2.4: x", { a: "192.0.2.4" }],
    ["address {a:ip}: x", "address 2001:db8::: x", { a: "2001:db8::" }],
    ["address {a:ip}", "address there", null],
  ],
  address: [
    ["<{sender}>: x", "<>: x", { sender: "" }],
    ["<{sender}>: x", '<"a> b"@c.example>: x', { sender: '"a> b"@c.example' }],
    ["<{sender}>: x", '<"a\\"> b"@c.example>: x', { sender: '"a\\"> b"@c.example' }],
    ["<{sender}>: x", '<"a>: x', { sender: '"a' }],
    ["for {sender} -- x", "for a b@c.example -- x", { sender: "a b@c.example" }],
  ],
  word: [
    ["bad {name:word}: x", "bad hash:/etc/x: x", { name: "hash:/etc/x" }],
    ["bad {name:word} x", "bad a b x", null],
    ["bad {name:word}", "bad a b", null],
  ],
  text: [
    ["a {b} c {d}", "a 1 c 2 c 3", { b: "1", d: "2 c 3" }],
    ["a {b} c", "a 1 c 2 c", { b: "1 c 2" }],
    ["a {b}", "a ", null],
    ["{b}: {c}", ": ä", { b: "", c: "ä" }],
  ],
};
for (const [type, cases] of Object.entries(CASES)) {
  describe(type, () => {
    for (const [template, message, expected] of cases) {
      test(`${template} | ${message}`, () => assert.deepEqual(fields(template, message), expected));
    }
  });
}

describe("the envelope tail", () => {
  const tail = (text: string): Record<string, string> | null => {
    const found = fields("no{envelope}", `no${text}`);
    if (found !== null) delete found["envelope"];
    return found;
  };
  test("absent", () => assert.deepEqual(tail(""), {}));
  test("whole", () =>
    assert.deepEqual(tail("; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<[192.0.2.1]>"), {
      sender: "a@b.example",
      recipient: "c@d.example",
      proto: "ESMTP",
      helo: "[192.0.2.1]",
    }));
  test("of a client that was rejected before MAIL", () =>
    assert.deepEqual(tail("; proto=SMTP helo=<x>"), { proto: "SMTP", helo: "x" }));
  test("of Postfix 3.10", () =>
    assert.deepEqual(
      tail("; from=<> to=<c@d.example> proto=ESMTP helo=<x> sasl_method=PLAIN sasl_username=bob@d.example"),
      {
        sender: "",
        recipient: "c@d.example",
        proto: "ESMTP",
        helo: "x",
        sasl_method: "PLAIN",
        sasl_username: "bob@d.example",
      },
    ));
  test("of postscreen, with commas", () =>
    assert.deepEqual(tail("; from=<a>, to=<b>, proto=ESMTP, helo=<x>"), {
      sender: "a",
      recipient: "b",
      proto: "ESMTP",
      helo: "x",
    }));
  test("without brackets", () =>
    assert.deepEqual(tail("; from=a to=b proto=SMTP helo=x"), {
      sender: "a",
      recipient: "b",
      proto: "SMTP",
      helo: "x",
    }));
  test("broken off", () => assert.deepEqual(tail("; from=<a> to=<b@c.exa"), { sender: "a", recipient: "b@c.exa" }));
  test("a sender that imitates the tail stays the sender", () =>
    assert.deepEqual(tail('; from=<"x> to=<y> helo=<z"@evil.example> to=<c@d.example> proto=ESMTP helo=<h>'), {
      sender: '"x> to=<y> helo=<z"@evil.example',
      recipient: "c@d.example",
      proto: "ESMTP",
      helo: "h",
    }));
  test("a field of the template keeps its name", () => {
    assert.equal(fields("<{helo}>: no{envelope}", "<a>: no; helo=<b>")?.["helo"], "a");
  });
  test("behind text, at its first attribute", () => {
    assert.equal(fields("{reason}{envelope}", "no; really; from=<a> to=<b>")?.["reason"], "no; really");
    assert.equal(fields("{reason}{envelope}", "no; really")?.["reason"], "no; really");
  });
});

test("the attributes of a delivery", () => {
  const found = fields(
    "{queue_id}: to=<{recipient}>{delivery}, status={status} ({reason})",
    "4Zx1Qk0Y1M: to=<a@b.example>, orig_to=<root>, relay=b.example[192.0.2.1]:25, conn_use=2, delay=1.5, delays=1/0/0.3/0.2, tls=dane, dsn=2.0.0, status=sent (250 2.0.0 Ok (really))",
  );
  assert.deepEqual(found && { ...found, delivery: "" }, {
    queue_id: "4Zx1Qk0Y1M",
    recipient: "a@b.example",
    delivery: "",
    orig_to: "root",
    relay: "b.example[192.0.2.1]:25",
    conn_use: "2",
    delay: "1.5",
    delays: "1/0/0.3/0.2",
    tls: "dane",
    dsn: "2.0.0",
    status: "sent",
    reason: "250 2.0.0 Ok (really)",
  });
});

test("who is logged in, and the commands of a session", () => {
  assert.equal(
    fields(
      "{queue_id}: client={client}{login}",
      "4Zx1Qk0Y1M: client=a[192.0.2.1], sasl_method=PLAIN, sasl_username=bob",
    )?.["sasl_username"],
    "bob",
  );
  assert.equal(
    fields("disconnect from {client}{stats}", "disconnect from a[192.0.2.1] ehlo=1 auth=0/3 notes=bare_lf")?.["stats"],
    " ehlo=1 auth=0/3 notes=bare_lf",
  );
});
