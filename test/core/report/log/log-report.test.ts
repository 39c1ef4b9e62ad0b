import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { reportContent } from "../../../../core/report/log/html/report-content.ts";
import { mergeTallies } from "../../../../core/report/log/merge-tallies.ts";
import { textReport } from "../../../../core/report/log/text/text-report.ts";
import { plain } from "../../../../core/report/terminal/style.ts";
import { reportOf, smallDay, tallyOf } from "./a-report.ts";

suite("a report of a small day", () => {
  const report = reportOf(tallyOf(smallDay()));

  test("as text fits into 80 columns", () => {
    for (const line of textReport(report, 80, plain).split("\n")) assert.ok(line.length <= 80, line);
  });

  test("counts what became of the mail", () => {
    assert.deepEqual(report.totals, {
      received: 3,
      bytes: { received: 2000, delivered: 2590, deferred: 800, bounced: 700 },
      delivered: 3,
      delivered_to_filter: 1,
      forwarded: 1,
      deferred: { mails: 1, attempts: 2, estimated: false },
      bounced: 1,
      expired: 0,
      rejected: 2,
      rejected_temporarily: 1,
      reject_warnings: 1,
      held: 0,
      discarded: 0,
      connections: 1,
    });
    assert.equal(report.lines, 30);
    assert.equal(report.from, "2026-11-08T10:00:00Z");
    assert.equal(report.to, "2026-11-09T10:43:03Z");
  });

  test("bytes are told over time: each mail once as it comes in, then for each recipient and attempt", () => {
    const { minutes, slices } = report.volume;
    assert.equal(minutes, 15);
    const told = slices
      .filter(({ received, delivered, deferred, bounced }) => received + delivered + deferred + bounced > 0)
      .map((slice) => [
        slice.start.slice(5, 16),
        slice.received_bytes,
        slice.delivered_bytes,
        slice.deferred_bytes,
        slice.bounced_bytes,
      ]);
    assert.deepEqual(told, [
      ["11-08T10:00", 900, 1890, 0, 0],
      ["11-08T22:00", 400, 0, 400, 0],
      ["11-09T10:30", 700, 700, 400, 700],
    ]);
  });

  test("a sender is counted once, however often the queue manager takes up the mail, and forwarding makes no new mail", () => {
    assert.deepEqual(report.senders.list, [
      { name: "anna@example.com", count: 1, over: 0 },
      { name: "boss@partner.example", count: 1, over: 0 },
      { name: "root@example.com", count: 1, over: 0 },
    ]);
    assert.equal(report.senders.approximate, false);
  });

  test("next hops have their outcomes", () => {
    assert.deepEqual(
      report.relays.list.map(({ name, delivered, deferred, bounced }) => [name, delivered, deferred, bounced]),
      [
        ["local", 2, 0, 0],
        ["none", 0, 2, 0],
        ["127.0.0.1[127.0.0.1]:10024", 1, 0, 0],
        ["mx.near.example[198.51.100.9]:25", 0, 0, 1],
      ],
    );
  });

  test("delays are those of deliveries, by stage, in seconds", () => {
    const stages = report.delays.map(({ stage, count, largest }) => [stage, count, largest]);
    assert.deepEqual(stages, [
      ["a", 3, 0.5],
      ["b", 3, 0.1],
      ["c", 3, 0.1],
      ["d", 3, 0.4],
      ["total", 3, 1],
    ]);
  });

  test("TLS is told by who connected", () => {
    assert.deepEqual(report.tls, [
      { version: "TLSv1.2", incoming: 0, outgoing: 1 },
      { version: "TLSv1.3", incoming: 1, outgoing: 0 },
    ]);
  });

  test("somebody who tries names is told from a user who mistypes", () => {
    assert.equal(report.logins.failed, 5);
    assert.equal(report.logins.succeeded, 2);
    assert.deepEqual(
      report.logins.clients.map(({ client, failed, succeeded, names, verdict }) => [
        client,
        failed,
        succeeded,
        names,
        verdict,
      ]),
      [
        ["203.0.113.67", 3, 0, 3, "guessing"],
        ["192.0.2.77", 2, 2, 1, "typo"],
      ],
    );
    assert.deepEqual(report.logins.verdicts, { guessing: 1, "one-account": 0, typo: 1, unclear: 0 });
  });

  test("reasons have the titles of their entries, and problems their first and last line", () => {
    assert.deepEqual(
      report.reasons.rejected.map(({ entry, count }) => [entry, count]),
      [
        ["relay-access-denied", 1],
        ["helo-host-not-found", 1],
      ],
    );
    assert.ok(report.reasons.deferred[0]?.title.length ?? 0);
    const helo = report.problems.find(({ entry }) => entry === "helo-host-not-found");
    assert.deepEqual(
      [helo?.count, helo?.first.line, helo?.last.line, helo?.last.time],
      [2, 18, 19, "2026-11-09T10:40:02Z"],
    );
  });

  test("what is new in the last hour", () => {
    const appeared = report.news.hour?.appeared.map(({ entry, count }) => [entry, count]);
    assert.ok(
      appeared?.some(([entry, count]) => entry === "helo-host-not-found" && count === 2),
      String(appeared),
    );
    assert.equal(report.news.day, null, "the log does not reach back two days");
  });

  test("however it is cut and merged, it is the same report", () => {
    const lines = smallDay();
    for (let cut = 0; cut <= lines.length; cut += 1) {
      const first = structuredClone(tallyOf(lines.slice(0, cut)));
      mergeTallies(first, structuredClone(tallyOf(lines.slice(cut))), { source: 0, linesBefore: cut });
      assert.deepEqual(reportOf(first), report, `cut behind line ${cut}`);
    }
  });
});

test("nothing gives an empty report, not a broken one", () => {
  const report = reportOf(tallyOf([]));
  assert.deepEqual([report.lines, report.from, report.volume.slices, report.delays], [0, null, [], []]);
  assert.deepEqual(report.news, { hour: null, day: null });
});

test("a size beyond what a number holds exactly counts as none", () => {
  const report = reportOf(
    tallyOf(
      ["9999999999999999", "99999999999999999999"].flatMap((size, index) => [
        `2026-11-08T10:00:01+00:00 mail postfix/smtpd[100]: AAAAA0000${index}: client=mx.partner.example[192.0.2.10]`,
        `2026-11-08T10:00:01+00:00 mail postfix/qmgr[102]: AAAAA0000${index}: from=<a@b.example>, size=${size}, nrcpt=2 (queue active)`,
        `2026-11-08T10:09:01+00:00 mail postfix/qmgr[102]: AAAAA0000${index}: from=<a@b.example>, size=${size}, nrcpt=2 (queue active)`,
      ]),
    ),
  );
  assert.equal(report.totals.received, 2);
  assert.deepEqual(report.senders.list, [{ name: "a@b.example", count: 2, over: 0 }]);
  assert.deepEqual(report.totals.bytes, { received: 0, delivered: 0, deferred: 0, bounced: 0 });
});

test("clocks that jump and days that do not exist spoil nothing", () => {
  const at = (stamp: string): string => `${stamp} mail postfix/smtpd[1]: connect from a.example[192.0.2.1]`;
  const report = reportOf(
    tallyOf(["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-11-09T10:00:00Z"].map(at)),
  );
  assert.equal(report.totals.connections, 4);
  assert.equal(report.from, "0001-01-01T00:00:00Z");
  assert.equal(report.to, "9999-12-31T23:59:59Z");
  assert.ok(report.volume.slices.length <= 240);
});

test("more clients than are told apart failed to log in: the report says that it does not know them all", () => {
  const failure = (client: number, index: number): string =>
    `Nov 22 10:00:0${index % 10} mail postfix/smtpd[1]: warning: unknown[2001:db8::${client.toString(16)}]: SASL LOGIN authentication failed: no`;
  const few = Array.from({ length: 8000 }, (_, index) => failure(index, index));
  const exact = reportOf(tallyOf(few)).logins;
  assert.equal(exact.approximate, false);
  assert.equal(exact.verdicts.unclear, 8000);
  const many = Array.from({ length: 9000 }, (_, index) => failure(index % 2 === 0 ? 1 : index, index));
  const report = reportOf(tallyOf([...few, ...many]));
  assert.equal(report.logins.approximate, true);
  assert.equal(report.logins.failed, 17_000);
  assert.equal(report.logins.clients[0]?.failed, 4502);
  assert.match(
    textReport(report, 100, plain),
    /Logins: 17,000 failed, 0 accepted \(.*at least.*\)\n +at least 1 address: guesses/u,
  );
  assert.match(reportContent(report, { isLive: false }).html, /So many clients failed.*<li>at least /su);
});
