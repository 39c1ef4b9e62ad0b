import assert from "node:assert/strict";
import { test } from "node:test";
import { readEnvelope } from "@postmaster/core/log/envelope.ts";
import { formatLogTime, logTimeMs, type TimeReference } from "@postmaster/core/log/log-time.ts";
import { encodeUtf8 } from "@postmaster/core/log/utf8.ts";

function format(stamp: string, reference: Partial<TimeReference> & { readonly now?: string } = {}): string | null {
  const bytes = encodeUtf8(`${stamp} mail postfix/smtpd[1]: x`);
  const { time } = readEnvelope(bytes, 0, bytes.length);
  assert.ok(time, stamp);
  return formatLogTime(time, { notAfter: Date.parse(reference.now ?? "2026-11-22T12:00:00Z"), zone: 0, ...reference });
}

test("a stamp without a year is of the latest that is not after the reference", () => {
  assert.equal(format("Nov 22 11:59:59"), "2026-11-22T11:59:59Z");
  assert.equal(format("Nov 22 12:00:01"), "2025-11-22T12:00:01Z");
  assert.equal(format("Dec 31 23:00:00", { now: "2026-01-01T00:00:00Z" }), "2025-12-31T23:00:00Z");
});

test("a leap day is of the latest leap year, across a century without one too", () => {
  assert.equal(format("Feb 29 10:00:00"), "2024-02-29T10:00:00Z");
  assert.equal(format("Feb 29 10:00:00", { now: "2024-02-29T09:00:00Z" }), "2020-02-29T10:00:00Z");
  assert.equal(format("Feb 29 10:00:00", { now: "2103-01-01T00:00:00Z" }), "2096-02-29T10:00:00Z");
  assert.equal(format("Feb 30 10:00:00"), null);
});

test("east of the reference the new year comes earlier", () => {
  assert.equal(format("Jan  1 00:30:00", { now: "2025-12-31T23:45:00Z", zone: 60 }), "2026-01-01T00:30:00+01:00");
  assert.equal(format("Jan  1 00:30:00", { now: "2025-12-31T23:15:00Z", zone: 60 }), "2025-01-01T00:30:00+01:00");
});

test("a given year and zone are for stamps that carry none", () => {
  assert.equal(format("Nov 22 10:00:00", { year: 2019, zone: -210 }), "2019-11-22T10:00:00-03:30");
  assert.equal(format("Feb 29 10:00:00", { year: 2019 }), null);
  assert.equal(
    format("2026-11-22T10:00:00.000120+02:00", { year: 2019, zone: -210 }),
    "2026-11-22T10:00:00.000120+02:00",
  );
  assert.equal(format("2026-11-22 10:00:00", { zone: -210 }), "2026-11-22T10:00:00-03:30");
});

test("a zone may depend on the day", () => {
  const zone = (localMs: number): number =>
    new Date(localMs).getUTCMonth() >= 3 && new Date(localMs).getUTCMonth() < 10 ? 120 : 60;
  assert.equal(format("Jul  1 10:00:00", { zone }), "2026-07-01T10:00:00+02:00");
  assert.equal(format("Jan  1 10:00:00", { zone }), "2026-01-01T10:00:00+01:00");
});

test("the moment a stamp means", () => {
  const time = { year: 2026, month: 11, day: 22, hour: 10, minute: 0, second: 0, microsecond: 1500, offsetMinutes: 60 };
  assert.equal(logTimeMs(time, { notAfter: 0, zone: 0 }), Date.parse("2026-11-22T09:00:00.001Z"));
});
