import assert from "node:assert/strict";
import { utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { suite, test } from "node:test";
import { dig, type Row, rowOf } from "./json-values.ts";
import { postmaster, scratch } from "./run-cli.ts";

function rowsOf(out: string): readonly Row[] {
  const lines = out.split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const value: unknown = JSON.parse(line);
    return rowOf(value);
  });
}

suite("parse", () => {
  test("prints one JSON object a line, what is missing as null", async () => {
    const { code, out, err } = await postmaster(["parse", "mail.log", "--year", "2026", "--tz", "+01:00"]);
    const rows = rowsOf(out);
    assert.equal(code, 0);
    assert.equal(err, "");
    assert.equal(rows.length, 5);
    for (const row of rows) {
      assert.deepEqual(Object.keys(row), [
        "line",
        "time",
        "host",
        "program",
        "system",
        "daemon",
        "pid",
        "queue_id",
        "level",
        "repeated",
        "message",
        "entry",
        "severity",
        "fault",
        "text",
        "fields",
        "values",
      ]);
    }
    const [first, , reject, removed, unknown] = rows;
    assert.deepEqual(
      { ...first, message: typeof first?.["message"], text: typeof first?.["text"], fields: null, values: null },
      {
        line: 1,
        time: "2026-02-11T19:59:06+01:00",
        host: "mail",
        program: "postfix/cleanup",
        system: "postfix",
        daemon: "cleanup",
        pid: 30575,
        queue_id: "23C334232FB3",
        level: "warning",
        repeated: 1,
        message: "string",
        entry: "map-expansion-size",
        severity: "error",
        fault: "you",
        text: "string",
        fields: null,
        values: null,
      },
    );
    assert.equal(reject?.["queue_id"], null, "NOQUEUE is no queue id");
    assert.equal(dig(reject, "fields", "helo"), "FRITZBOX");
    assert.equal(removed?.["time"], "2026-11-22T10:00:00.123456+01:00");
    assert.deepEqual(
      { ...unknown, text: null },
      {
        line: 5,
        time: null,
        host: null,
        program: null,
        system: null,
        daemon: null,
        pid: null,
        queue_id: null,
        level: "info",
        repeated: 1,
        message: null,
        entry: null,
        severity: null,
        fault: null,
        text: null,
        fields: null,
        values: null,
      },
    );
  });

  test("a stamp without a year has the latest that is not after the file's last change", async (t) => {
    const folder = await scratch(t);
    const log = path.join(folder, "mail.log");
    await writeFile(
      log,
      "Dec 31 23:59:59 mail postfix/smtpd[1]: connect from a.example[192.0.2.1]\n" +
        "Jan  1 00:00:01 mail postfix/smtpd[1]: connect from a.example[192.0.2.1]\n",
    );
    const written = new Date("2026-01-01T00:00:02Z");
    await utimes(log, written, written);
    const { out } = await postmaster(["parse", log, "--tz", "UTC"]);
    assert.deepEqual(
      rowsOf(out).map(({ time }) => time),
      ["2025-12-31T23:59:59Z", "2026-01-01T00:00:01Z"],
    );
  });

  test("a named zone knows daylight saving time", async () => {
    const input =
      "Jan 11 12:00:00 mail postfix/smtpd[1]: connect from a.example[192.0.2.1]\n" +
      "Jul 11 12:00:00 mail postfix/smtpd[1]: connect from a.example[192.0.2.1]\n";
    const { out } = await postmaster(["parse", "-", "--year", "2025", "--tz", "Europe/Berlin"], { input });
    assert.deepEqual(
      rowsOf(out).map(({ time }) => time),
      ["2025-01-11T12:00:00+01:00", "2025-07-11T12:00:00+02:00"],
    );
    const local = await postmaster(["parse", "-", "--year", "2025"], { input, env: { TZ: "America/New_York" } });
    assert.deepEqual(
      rowsOf(local.out).map(({ time }) => time),
      ["2025-01-11T12:00:00-05:00", "2025-07-11T12:00:00-04:00"],
    );
  });

  test("mixed encodings, clocks that jump and hosts in between: every line comes out, in the order of the file", async (t) => {
    const log = path.join(await scratch(t), "mail.log");
    const lines = [
      "Dec 31 23:59:59 mx1 postfix/smtpd[1]: connect from a.example[192.0.2.1]",
      "Jan  1 00:00:01 mx2 postfix/smtpd[1]: connect from b.example[192.0.2.2]",
      "Jan  1 00:00:00 mx1 postfix/smtpd[1]: disconnect from a.example[192.0.2.1]",
      "Dec 31 12:00:00 mx2 postfix/smtpd[1]: disconnect from b.example[192.0.2.2]",
      "Feb 30 12:00:00 mx2 postfix/smtpd[1]: connect from c.example[192.0.2.3]",
      "Feb 29 12:00:00 mx2 postfix/smtpd[1]: connect from d.example[192.0.2.4]",
    ];
    const umlaut = Buffer.from("Jan  1 00:00:02 mx1 postfix/smtpd[1]: warning: M\u00fcll\n", "latin1");
    const utf8 = Buffer.from("Jan  1 00:00:03 mx1 postfix/smtpd[1]: warning: Müll\n", "utf8");
    await writeFile(log, Buffer.concat([Buffer.from(`${lines.join("\n")}\n`), umlaut, utf8]));
    const { code, out } = await postmaster(["parse", log, "--year", "2028", "--tz", "UTC"]);
    const rows = rowsOf(out);
    assert.equal(code, 0);
    assert.deepEqual(
      rows.map(({ host, time }) => `${String(host)} ${String(time)}`),
      [
        "mx1 2028-12-31T23:59:59Z",
        "mx2 2028-01-01T00:00:01Z",
        "mx1 2028-01-01T00:00:00Z",
        "mx2 2028-12-31T12:00:00Z",
        "mx2 null",
        "mx2 2028-02-29T12:00:00Z",
        "mx1 2028-01-01T00:00:02Z",
        "mx1 2028-01-01T00:00:03Z",
      ],
    );
    assert.equal(rows.at(-2)?.["text"], "M\ufffdll");
    assert.equal(rows.at(-1)?.["text"], "Müll");
  });

  test("a binary file is refused with a word, the logs beside it are read", async (t) => {
    const folder = await scratch(t);
    const binary = path.join(folder, "mail.bin");
    const log = path.join(folder, "mail.log");
    await writeFile(binary, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1, 2, 0, 0, 0]));
    await writeFile(log, "Jan  1 00:00:00 mx1 postfix/smtpd[1]: connect from a.example[192.0.2.1]\n");
    for (const verb of ["parse", "redact"]) {
      const { code, out, err } = await postmaster([verb, binary, log]);
      assert.equal(code, 2);
      assert.match(err, /mail\.bin: is binary, not text/);
      assert.equal(out.split("\n").length, 2);
    }
  });

  test("a wrong year or zone is wrong usage", async () => {
    assert.equal((await postmaster(["parse", "mail.log", "--year", "MMXXVI"])).code, 2);
    assert.equal((await postmaster(["parse", "mail.log", "--tz", "Middle-earth"])).code, 2);
  });
});
