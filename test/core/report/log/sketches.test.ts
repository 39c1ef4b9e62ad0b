import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { addDistinct, distinct, distinctCount, mergeDistinct } from "../../../../core/report/log/distinct-count.ts";
import {
  addDuration,
  durationHistogram,
  mergeDurations,
  percentile,
} from "../../../../core/report/log/duration-histogram.ts";
import { addEarlyMail, eachEarlyMail, earlyMails } from "../../../../core/report/log/early-mails.ts";
import { fingerprint } from "../../../../core/report/log/key-hash.ts";
import { readDelays, readSeconds } from "../../../../core/report/log/read-numbers.ts";
import { bucketAt, mergeTimelines, slices, timeline } from "../../../../core/report/log/timeline.ts";
import {
  countKey,
  largest,
  mergeTopCounts,
  type TopCounts,
  topCounts,
} from "../../../../core/report/log/top-counts.ts";
import { pseudoRandom } from "../../log/pseudo-random.ts";

const encoder = new TextEncoder();
const MINUTE = 60_000;

function count(top: TopCounts, key: string, column = 0): void {
  const bytes = encoder.encode(key);
  countKey(top, bytes, 0, bytes.length, column);
}

suite("the most frequent keys", () => {
  test("are exact while all fit, in the order of their totals, letters' case told apart or not", () => {
    const top = topCounts(8, 2, true);
    for (const key of ["B", "a", "b", "A", "b"]) count(top, key);
    count(top, "a", 1);
    count(top, "c", 1);
    assert.deepEqual(
      largest(top, 2).map(({ key, counts, total, over }) => ({ key, counts, total, over })),
      [
        { key: "a", counts: [2, 1], total: 3, over: 0 },
        { key: "b", counts: [3, 0], total: 3, over: 0 },
      ],
    );
    const exact = topCounts(8, 1, false);
    for (const key of ["B", "b"]) count(exact, key);
    assert.deepEqual(
      largest(exact, 9).map(({ key }) => key),
      ["B", "b"],
    );
  });

  test("stay within what they promise when there are far more keys than room", () => {
    const random = pseudoRandom(7);
    const parts = [topCounts(64, 1, false), topCounts(64, 1, false), topCounts(64, 1, false)];
    const truth = new Map<string, number>();
    const total = 60_000;
    for (let step = 0; step < total; step += 1) {
      // A few heavy ones among thousands that come once or twice.
      const key = random(2) === 0 ? `heavy${random(random(20) + 1)}` : `light${random(30_000)}`;
      truth.set(key, (truth.get(key) ?? 0) + 1);
      count(parts[random(parts.length)] ?? topCounts(1, 1, false), key);
    }
    const [all = topCounts(64, 1, false), ...others] = parts;
    for (const other of others) mergeTopCounts(all, structuredClone(other));
    const held = new Map(largest(all, 1000).map((row) => [row.key, row]));
    for (const [key, { total: counted, over }] of held) {
      const real = truth.get(key) ?? 0;
      assert.ok(counted <= real && real <= counted + over, `${key}: ${counted} to ${counted + over}, truly ${real}`);
    }
    for (const [key, real] of truth) if (real > total / 64) assert.ok(held.has(key), `${key} came ${real} times`);
    assert.ok(all.hashes.length <= 128, "and take no more room");
  });

  test("a giant key is cut", () => {
    const top = topCounts(8, 1, false);
    count(top, "x".repeat(100_000));
    assert.equal(largest(top, 1)[0]?.key.length, 256);
  });
});

test("percentiles are never too small and at most a twentieth too large, merged or not", () => {
  const random = pseudoRandom(3);
  const values = Array.from({ length: 5000 }, () => Math.round(Math.exp(random(18_000) / 1000)));
  const [one, other] = [durationHistogram(), durationHistogram()];
  values.forEach((value, index) => addDuration(index % 2 === 0 ? one : other, value));
  mergeDurations(one, structuredClone(other));
  const sorted = values.toSorted((a, b) => a - b);
  for (const part of [0.01, 0.5, 0.9, 0.99, 1]) {
    const exact = sorted[Math.ceil(part * sorted.length) - 1] ?? 0;
    const found = percentile(one, part) ?? 0;
    assert.ok(found >= exact * 0.999_999 && found <= exact * 1.051, `${part}: ${found}, truly ${exact}`);
  }
  assert.equal(percentile(durationHistogram(), 0.5), null);
});

test("different keys are counted exactly up to 65,536 and within 2 % beyond, merged or not", () => {
  const [one, other] = [distinctCount(), distinctCount()];
  const add = (target: typeof one, from: number, to: number): void => {
    for (let key = from; key < to; key += 1) {
      const bytes = encoder.encode(`4DAB${key.toString(16)}`);
      addDistinct(target, fingerprint(bytes, 0, bytes.length));
    }
  };
  add(one, 0, 20_000);
  add(one, 10_000, 30_000);
  assert.deepEqual(distinct(one), { count: 30_000, isEstimate: false });
  add(one, 0, 200_000);
  add(other, 150_000, 400_000);
  mergeDistinct(one, structuredClone(other));
  const { count: found, isEstimate } = distinct(one);
  assert.equal(isEstimate, true);
  assert.ok(Math.abs(found - 400_000) < 8000, String(found));
});

test("a timeline grows wider, loses nothing and shows pauses", () => {
  const line = timeline(1);
  const add = (minute: number): void => {
    const bucket = bucketAt(line, minute * MINUTE);
    bucket[0] = (bucket[0] ?? 0) + 1;
  };
  for (let minute = 0; minute < 20_000; minute += 2) add(minute);
  const other = structuredClone(line);
  add(30_000);
  mergeTimelines(line, other);
  assert.ok(line.buckets.size <= 3000);
  const { width, slices: shown } = slices(line, 100);
  assert.equal(
    shown.reduce((sum, { counts }) => sum + (counts[0] ?? 0), 0),
    20_001,
  );
  assert.ok(shown.length <= 100);
  assert.ok(shown.some(({ counts }) => counts[0] === 0));
  assert.equal(shown[1]?.startLocalMs, width * MINUTE);
});

test("delays are read without rounding up, and anything else is none", () => {
  const into = new Float64Array(5);
  const read = (text: string): readonly number[] => {
    const bytes = encoder.encode(text);
    readDelays(bytes, 0, bytes.length, into);
    return Array.from(into.subarray(0, 4));
  };
  assert.deepEqual(read("0.05/0.01/0.8/12"), [50, 10, 800, 12_000]);
  for (const text of ["", "1/2/3", "1/2/3/4/5", "1/2/3/x", "1//3/4", "1/2/3/4 ", "1.2.3/1/1/1"]) {
    assert.deepEqual(read(text), [-1, -1, -1, -1], text);
  }
  const seconds = (text: string): number => readSeconds(encoder.encode(text), 0, text.length);
  assert.deepEqual(["0.123456", "7", "", "-1", "1e9"].map(seconds), [123, 7000, -1, -1, -1]);
});

test("of a sender without an end no more is kept than is counted", () => {
  const mails = earlyMails();
  const bytes = encoder.encode(`${"a".repeat(100_000)}bob@example.com`);
  addEarlyMail(mails, { id: 1, size: 10, localMs: 0 }, bytes, 0, 100_000);
  addEarlyMail(mails, { id: 2, size: 20, localMs: 0 }, bytes, 100_000, bytes.length);
  assert.ok(mails.senders.length < 4096);
  const senders: string[] = [];
  eachEarlyMail(mails, (_mail, kept, start, end) => senders.push(new TextDecoder().decode(kept.subarray(start, end))));
  assert.deepEqual(senders, ["a".repeat(256), "bob@example.com"]);
});
