import assert from "node:assert/strict";
import { readFile, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { suite, test } from "node:test";
import { gzipSync } from "node:zlib";
import { dig, listOf } from "./json-values.ts";
import { postmaster, SAMPLES, scratch } from "./run-cli.ts";

const line = (time: string, rest: string): string => `Nov 22 ${time} mx1 postfix/${rest}\n`;
const OLD =
  line("10:00:00", "smtpd[1]: 1A2B3C4D5E: client=a.example[192.0.2.1]") +
  line("10:00:00", "cleanup[2]: 1A2B3C4D5E: message-id=<m1@a.example>") +
  line("10:00:00", "qmgr[3]: 1A2B3C4D5E: from=<s@a.example>, size=1, nrcpt=1 (queue active)");
const NEW =
  line(
    "10:00:02",
    "smtp[5]: 1A2B3C4D5E: to=<y@b.example>, relay=mx.b.example[192.0.2.9]:25, delay=1, delays=0.1/0.2/0.3/0.4, dsn=2.0.0, status=sent (250 \u001b[31m Ok)",
  ) + line("10:00:03", "qmgr[3]: 1A2B3C4D5E: removed");

suite("trace", () => {
  test("tells the story through the content filter, and what sent means", async () => {
    const { code, out, err } = await postmaster(["trace", "6FCD43E2C5", "mail.log", "--year", "2026"], {
      cwd: SAMPLES,
    });
    assert.deepEqual([code, err], [0, ""]);
    for (const part of [
      "70DE54F3D6 on mail (queued as this by the next hop, from 6FCD43E2C5)",
      "<anna@example.com>: accepted by the next hop, dovecot",
      "700 ms before the queue, 10 ms in it, 20 ms connecting, 850 ms transmitting",
      "mail.log:39 2026-11-09T06:26:46Z postfix/qmgr[1312] 6FCD43E2C5: removed",
      "stored mail into mailbox 'INBOX'",
    ])
      assert.ok(out.includes(part), part);
    assert.ok(!out.includes("missing"), "all lines are there");
  });

  test("the wait since an earlier attempt is not taken for the time to receive the mail", async () => {
    const { out } = await postmaster(["trace", "81EF65A4E7", "mail.log", "--year", "2026"], { cwd: SAMPLES });
    assert.ok(
      out.includes("after 25 min: 25 min before the queue (with the attempts before this one), 20 ms in it"),
      out,
    );
  });

  test("what is found by reading a file twice is what is found by keeping all of it", async () => {
    const input = await readFile(path.join(SAMPLES, "mail.log"), "utf8");
    const ids = [...new Set(Array.from(input.matchAll(/\]: ([0-9A-F]{10}): /g), ([, id = ""]) => id))].slice(0, 6);
    const addresses = ["anna@example.com", "nobody@nowhere.example"];
    assert.equal(ids.length, 6);
    const answers = await Promise.all(
      [...ids, ...addresses].map(async (question) => {
        const options = ["--year", "2026", "--format", "json"];
        const file = await postmaster(["trace", question, "mail.log", ...options], { cwd: SAMPLES });
        const kept = await postmaster(["trace", question, "-", ...options], { input });
        return [file.out.replaceAll('"mail.log"', '"-"'), kept.out];
      }),
    );
    for (const [file, kept] of answers) assert.equal(file, kept);
  });

  test("rotated logs in any order, compressed or not; the same in JSON", async (t) => {
    const folder = await scratch(t);
    const [current, rotated] = [path.join(folder, "mail.log"), path.join(folder, "mail.log.1.gz")];
    await writeFile(current, NEW);
    await writeFile(rotated, gzipSync(OLD));
    const written = new Date("2026-11-23T00:00:00Z");
    for (const file of [current, rotated]) await utimes(file, written, written);
    const { code, out } = await postmaster(["trace", "M1@a.example", current, rotated, current, "--format", "json"]);
    assert.equal(code, 0);
    const report: unknown = JSON.parse(out);
    const mail = dig(report, "traces", 0, "mails", 0);
    assert.deepEqual(
      listOf(dig(mail, "lines")).map((one) => [dig(one, "file"), dig(one, "line"), dig(one, "time"), dig(one, "kind")]),
      [
        [rotated, 1, "2026-11-22T10:00:00Z", "arrival"],
        [rotated, 2, "2026-11-22T10:00:00Z", "message-id"],
        [rotated, 3, "2026-11-22T10:00:00Z", "active"],
        [current, 1, "2026-11-22T10:00:02Z", "delivery"],
        [current, 2, "2026-11-22T10:00:03Z", "removed"],
      ],
    );
    assert.deepEqual(dig(mail, "missing"), []);
    assert.deepEqual(dig(mail, "recipients", 0, "outcome"), "accepted");
    assert.deepEqual(dig(mail, "recipients", 0, "attempts", 0, "delays"), {
      before: 0.1,
      queue: 0.2,
      connect: 0.3,
      transmit: 0.4,
    });
  });

  test("missing lines are named, and a stranger's escapes stay harmless", async () => {
    const { out } = await postmaster(["trace", "1A2B3C4D5E", "-", "--year", "2026"], { input: NEW });
    assert.match(out, /missing +the line with client= or uid=/);
    assert.match(out, /missing +the line with message-id=/);
    assert.ok(!out.includes("\u001b") && out.includes("\\u{1b}[31m"));
  });

  test("the queue file behind a content filter is named as missing where its lines are", async () => {
    const reply = "250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as 9F8E7D6C5B";
    const input =
      OLD +
      line(
        "10:00:02",
        `smtp[5]: 1A2B3C4D5E: to=<y@b.example>, relay=127.0.0.1[127.0.0.1]:10024, delay=1, delays=0.1/0.2/0.3/0.4, dsn=2.0.0, status=sent (${reply})`,
      ) +
      line("10:00:03", "qmgr[3]: 1A2B3C4D5E: removed");
    const { out } = await postmaster(["trace", "1A2B3C4D5E", "-", "--year", "2026"], { input });
    assert.match(
      out,
      /missing +the lines of 9F8E7D6C5B, as which the next hop on this machine queued it: 127\.0\.0\.1/,
    );
    const json = await postmaster(["trace", "1A2B3C4D5E", "-", "--format", "json"], { input });
    const [story] = listOf(dig(JSON.parse(json.out), "traces"));
    assert.deepEqual(
      listOf(dig(story, "mails")).map((mail) => dig(mail, "missing_mails")),
      [[{ queue_id: "9F8E7D6C5B", kind: "queued as" }]],
    );
  });

  test("an address finds what was refused, within its session", async () => {
    const { code, out } = await postmaster(["trace", "invoice@supplier.example", "mail.log"], { cwd: SAMPLES });
    assert.equal(code, 0);
    assert.equal(out.split("Refused before there was a queue file").length - 1, 2);
    assert.match(out, /smtpd\[1752\] connect from .*\n.*\[1752\] NOQUEUE: reject.*\n.*\[1752\] disconnect from/);
  });

  test("1 where nothing is found, 2 where something cannot be read", async () => {
    const none = await postmaster(["trace", "ABCDEF0123", "-"], { input: OLD });
    assert.deepEqual([none.code, none.out], [1, ""]);
    assert.match(none.err, /no line about ABCDEF0123/);
    const partly = await postmaster(["trace", "1A2B3C4D5E", "-", "/nowhere/mail.log"], { input: OLD });
    assert.equal(partly.code, 2);
    assert.match(partly.err, /\/nowhere\/mail.log: no such file/);
    assert.match(partly.out, /^1A2B3C4D5E on mx1/);
    assert.equal((await postmaster(["trace", "1A2B3C4D5E"])).code, 2);
    assert.equal((await postmaster(["trace", "1A2B3C4D5E", "-", "--format", "html"])).code, 2);
  });
});
