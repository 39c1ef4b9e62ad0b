import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { suite, test } from "node:test";
import { wholeEntries as entries } from "@postmaster/core/catalogue/whole-entries.ts";
import { Ajv2020 } from "ajv/dist/2020.js";
import { dig, type Row, rowOf } from "./json-values.ts";
import { postmaster, scratch } from "./run-cli.ts";

const root = new URL("../../", import.meta.url);

async function validator(): Promise<(row: unknown) => string | null> {
  const schema: unknown = JSON.parse(await readFile(new URL("docs/parse-schema.json", root), "utf8"));
  assert.ok(typeof schema === "object" && schema !== null);
  const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
  const validate = ajv.compile(schema);
  return (row) => (validate(row) ? null : ajv.errorsText(validate.errors));
}

function rows(out: string): readonly Row[] {
  return out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => rowOf(JSON.parse(line)));
}

/** Every example of the catalogue, every line of the neighbours, the sample and its odd lines. */
async function allLines(): Promise<readonly string[]> {
  const files = ["samples/mail.log", "test/core/log/fixtures/neighbours.log", "test/core/log/fixtures/field.log"];
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, root), "utf8")));
  const examples = entries.flatMap(({ examples: { match, noMatch } }) => [...match, ...noMatch]);
  return [...texts.flatMap((text) => text.split("\n")), ...examples].filter((line) => line !== "");
}

suite("parse under its schema", () => {
  test("every line of samples, fixtures and catalogue gives a valid object, in order", async (t) => {
    const lines = await allLines();
    const log = path.join(await scratch(t), "all.log");
    await writeFile(log, `${lines.join("\n")}\n`);
    const { code, out, err } = await postmaster(["parse", log, "--year", "2026", "--tz", "UTC"]);
    assert.equal(code, 0, err);
    const parsed = rows(out);
    assert.equal(parsed.length, lines.length);
    const problemOf = await validator();
    const broken = parsed.flatMap((row, index) => {
      const problem = problemOf(row);
      return problem === null ? [] : [`${problem}: ${lines[index] ?? ""}`];
    });
    assert.deepEqual(broken, []);
    assert.deepEqual(
      parsed.map(({ line }) => line),
      lines.map((_, index) => index + 1),
    );
  });

  test("a delivery, a reject, a login and a TLS line, typed", async () => {
    const input = `Nov 22 10:00:00 mail postfix/smtp[9]: 4Zx1Qk0Y1Mz3kT: to=<c@d.example>, orig_to=<root>, relay=mx.d.example[198.51.100.9]:25, delay=2.5, delays=1/0/0.5/1, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 4Zx2Ab3Cde4fGh)
Nov 22 10:00:00 mail postfix/submission/smtpd[9]: NOQUEUE: reject: RCPT from unknown[192.0.2.77]: 554 5.7.1 <x@y.example>: Relay access denied; from=<> to=<x@y.example> proto=ESMTP helo=<pc> sasl_method=PLAIN sasl_username=anna
Nov 22 10:00:00 mail dovecot: imap-login: Login: user=<anna@example.com>, method=PLAIN, rip=2001:db8::77, lip=2001:db8::1, mpid=4711, TLS, session=<VYBYBL8>
Nov 22 10:00:00 mail postfix/smtpd[9]: Anonymous TLS connection established from mx.example[192.0.2.1]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
Nov 22 10:00:00 mail postfix/smtpd[9]: disconnect from unknown[192.0.2.77] ehlo=1 auth=0/3 commands=1/4
`;
    const { out } = await postmaster(["parse", "-", "--year", "2026", "--tz", "UTC"], { input });
    assert.deepEqual(
      rows(out).map((row) => row["values"]),
      [
        {
          server: { name: "mx.d.example", address: "198.51.100.9", port: 25 },
          recipients: ["c@d.example"],
          orig_recipient: "root",
          new_queue_id: "4Zx2Ab3Cde4fGh",
          delay: 2.5,
          delays: { before: 1, queue: 0, connect: 0.5, transmit: 1 },
          dsn: "2.0.0",
          status: "sent",
          reply_code: 250,
          reason: "250 2.0.0 Ok: queued as 4Zx2Ab3Cde4fGh",
        },
        {
          client: { address: "192.0.2.77" },
          helo: "pc",
          protocol: "ESMTP",
          stage: "RCPT",
          verb: "reject",
          sender: "",
          recipients: ["x@y.example"],
          dsn: "5.7.1",
          reply_code: 554,
          reason: "Relay access denied",
          sasl: { method: "PLAIN", user: "anna" },
        },
        {
          client: { address: "2001:db8::77" },
          server: { address: "2001:db8::1" },
          sasl: { method: "PLAIN", user: "anna@example.com" },
        },
        {
          client: { name: "mx.example", address: "192.0.2.1" },
          tls: { version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384" },
        },
        {
          client: { address: "192.0.2.77" },
          commands: {
            ehlo: { accepted: 1, given: 1 },
            auth: { accepted: 0, given: 3 },
            commands: { accepted: 1, given: 4 },
          },
        },
      ],
    );
  });

  test("OTLP: the log data model's names, nanoseconds, and what was refused as an error", async () => {
    const input =
      "2026-11-22T10:00:00.123456+01:00 mail postfix/smtpd[9]: NOQUEUE: reject: RCPT from mx.example[192.0.2.77]: 554 5.7.1 <x@y.example>: Relay access denied; from=<a@b.example> to=<x@y.example> proto=ESMTP helo=<pc>\n";
    const { out } = await postmaster(["parse", "-", "--format", "otlp"], { input });
    const [row] = rows(out);
    const record = dig(row, "resourceLogs", 0, "scopeLogs", 0, "logRecords", 0);
    assert.equal(dig(record, "timeUnixNano"), "1795338000123456000");
    assert.equal(dig(record, "severityNumber"), 9);
    assert.equal(dig(record, "eventName"), "smtpd/reject");
    const attributes = dig(record, "attributes");
    assert.ok(Array.isArray(attributes));
    const plain = new Map(attributes.map((one) => [dig(one, "key"), dig(one, "value")]));
    assert.deepEqual(plain.get("client.address"), { stringValue: "192.0.2.77" });
    assert.deepEqual(plain.get("process.pid"), { intValue: "9" });
    assert.deepEqual(plain.get("error.type"), { stringValue: "5.7.1" });
    assert.deepEqual(plain.get("network.protocol.name"), { stringValue: "esmtp" });
    assert.deepEqual(plain.get("mail.recipients"), { arrayValue: { values: [{ stringValue: "x@y.example" }] } });
    assert.equal((await postmaster(["parse", "-", "--format", "xml"], { input })).code, 2);
  });
});
