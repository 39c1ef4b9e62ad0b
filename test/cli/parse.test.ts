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

  test("a wrong year or zone is wrong usage", async () => {
    assert.equal((await postmaster(["parse", "mail.log", "--year", "MMXXVI"])).code, 2);
    assert.equal((await postmaster(["parse", "mail.log", "--tz", "Middle-earth"])).code, 2);
  });
});
