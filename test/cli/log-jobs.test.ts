import assert from "node:assert/strict";
import { open, truncate, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import { describe, test } from "node:test";
import { entries } from "@postmaster/core/catalogue/entries.ts";
import { createCatalogueEngine } from "@postmaster/core/features/catalogue-engine.ts";
import { type CheckOptions, type CheckPart, checkJob } from "@postmaster/server/cli/check/check-job.ts";
import { startEarlyThread, takeEarlyThread } from "@postmaster/server/log-jobs/early-thread.ts";
import { LONGEST_LINE, openFileRange } from "@postmaster/server/log-jobs/file-range.ts";
import type { LogJob } from "@postmaster/server/log-jobs/log-job.ts";
import { type LogJobRun, runLogJob } from "@postmaster/server/log-jobs/run-log-job.ts";
import { visitStream } from "@postmaster/server/log-jobs/stream-lines.ts";
import { WORTH_A_THREAD } from "@postmaster/server/log-jobs/threads-for.ts";
import { logLines } from "../../bench/log/log-lines.ts";
import { referenceMessages } from "../core/log/reference-messages.ts";
import { scratch } from "./run-cli.ts";

const engine = createCatalogueEngine();
const scanner = engine.createScanner("entry");

async function linesOfRanges(file: string, cuts: readonly number[]): Promise<readonly string[]> {
  const handle = await open(file, "r");
  const lines: string[] = [];
  cuts.slice(1).forEach((end, index) => {
    const room = engine.openRoom();
    const range = openFileRange(handle.fd, cuts[index] ?? 0, end, (size) => room.bytes(size));
    while (range.step((bytes, start, stop) => lines.push(...wholeLines(bytes, start, stop)))) continue;
    room.close();
  });
  await handle.close();
  return lines;
}

function wholeLines(bytes: Uint8Array, start: number, end: number): readonly string[] {
  const lines: string[] = [];
  scanner.scanLines(bytes, start, end, "all", (memory, from, to) =>
    lines.push(Buffer.from(memory.subarray(from, to)).toString("latin1")),
  );
  return lines;
}

describe("a part of a file", () => {
  test("however the file is cut, each line is read once and whole", async (t) => {
    const file = path.join(await scratch(t), "log");
    const text = "first\n\nthird is longer\r\n\n\nlast without break";
    await writeFile(file, text);
    const whole = text.split("\n");
    for (let one = 0; one <= text.length; one += 1) {
      for (let other = one; other <= text.length; other += 5) {
        assert.deepEqual(await linesOfRanges(file, [0, one, other, text.length]), whole, `cut at ${one} and ${other}`);
      }
    }
  });

  test("a line longer than any piece is passed over beyond its first MiB, and nothing behind it is lost", async (t) => {
    const file = path.join(await scratch(t), "log");
    await writeFile(file, `a\n${"x".repeat(3 * LONGEST_LINE)}\nb\n${"y".repeat(LONGEST_LINE - 1)}\nc`);
    const size = 2 + 3 * LONGEST_LINE + 1 + 2 + LONGEST_LINE + 1;
    for (const cuts of [
      [0, size],
      [0, LONGEST_LINE, 2 * LONGEST_LINE, size],
    ]) {
      const lines = await linesOfRanges(file, cuts);
      assert.deepEqual(
        lines.map((line) => line.length),
        [1, LONGEST_LINE, 1, LONGEST_LINE - 1, 1],
      );
    }
  });
});

/** The lengths of the lines of a stream that comes in pieces of so many bytes. */
async function lengthsInPieces(text: string, size: number): Promise<readonly number[]> {
  const bytes = Buffer.from(text);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
  }
  const room = engine.openRoom();
  const lengths: number[] = [];
  await visitStream(
    chunks(),
    (wanted) => room.bytes(wanted),
    (block, start, end) => {
      lengths.push(...wholeLines(block, start, end).map((line) => line.length));
      return undefined;
    },
  );
  room.close();
  return lengths;
}

test("a part of a file is whole though the memory in which it is read grows meanwhile", async (t) => {
  const file = path.join(await scratch(t), "log");
  const text = `${"one\ntwo\nthree\n".repeat(100_000)}four`;
  await writeFile(file, text);
  const own = createCatalogueEngine();
  const handle = await open(file, "r");
  const room = own.openRoom();
  const range = openFileRange(handle.fd, 0, text.length, (size) => room.bytes(size));
  let read = "";
  const visit = (bytes: Uint8Array, start: number, end: number): void => {
    read += Buffer.from(bytes.subarray(start, end)).toString("latin1");
    own.openRoom().bytes(2 * 1024 * 1024);
  };
  while (range.step(visit)) continue;
  await handle.close();
  assert.equal(read, text);
});

describe("a stream", () => {
  test("however it comes, each line is read once and whole", async () => {
    const text = "first\n\nthird is longer\r\n\n\nlast without break";
    const lengths = text.split("\n").map((line) => line.length);
    for (let size = 1; size <= text.length; size += 1) {
      assert.deepEqual(await lengthsInPieces(text, size), lengths, `pieces of ${size}`);
    }
    assert.deepEqual(await lengthsInPieces("a\n", 1), [1]);
    assert.deepEqual(await lengthsInPieces("", 1), []);
  });

  test("a line longer than any piece is passed over beyond its first MiB, and nothing behind it is lost", async () => {
    const text = `a\n${"x".repeat(3 * LONGEST_LINE)}\nb\n${"y".repeat(LONGEST_LINE - 1)}\nc`;
    for (const size of [1000, 65_536, text.length]) {
      assert.deepEqual(await lengthsInPieces(text, size), [1, LONGEST_LINE, 1, LONGEST_LINE - 1, 1]);
    }
  });
});

const CAP = 3;

async function checkWith(
  file: string,
  run: Partial<LogJobRun>,
  job: LogJob<CheckOptions, CheckPart>,
  seen?: (part: CheckPart) => void,
): Promise<{ readonly lines: number; readonly counts: unknown; readonly shown: readonly object[] }> {
  const handle = await open(file, "r");
  const { size } = await handle.stat();
  const counts = new Map<number, number>();
  const shown: object[] = [];
  const listed = new Map<number, number>();
  const options = {
    cap: CAP,
    fixes: false,
    full: new Uint8Array(new SharedArrayBuffer(engine.scanNames.entries.length)),
  };
  const given = { threads: 0, worksHere: true, engine: () => engine, isStopped: () => false, ...run };
  const lines = await runLogJob(job, options, { kind: "file", fd: handle.fd, size }, given, (part, first) => {
    for (const [entry, count] of part.counts) counts.set(entry, (counts.get(entry) ?? 0) + count);
    for (const { number, entry, text } of part.lines) {
      // A thread does not know what others have found: of lines beyond the cap it may give some.
      listed.set(entry, (listed.get(entry) ?? 0) + 1);
      if ((listed.get(entry) ?? 0) <= CAP) shown.push({ line: first + number, entry, text });
    }
    seen?.(part);
    return undefined;
  });
  await handle.close();
  return { lines, counts: [...counts].sort(([a], [b]) => a - b), shown };
}

async function writeLog(folder: string, length: number): Promise<string> {
  const file = path.join(folder, "mail.log");
  let text = "";
  for (const line of logLines(3)) {
    text += `${line}\n`;
    if (text.length > length) break;
  }
  await writeFile(file, text);
  return file;
}

test("one thread or several, here or elsewhere: the same parts in the same order", async (t) => {
  const file = await writeLog(await scratch(t), 3_000_000);
  const job = { ...checkJob, partBytes: 100_000 };
  const alone = await checkWith(file, {}, job);
  assert.ok(alone.shown.length > 50);
  assert.deepEqual(await checkWith(file, { threads: 2 }, job), alone);
  assert.deepEqual(await checkWith(file, { threads: 3, worksHere: false }, job), alone);
});

test("a thread keeps no line beyond those of its earlier parts that fill the cap, whoever is told so late", async (t) => {
  const file = await writeLog(await scratch(t), 300_000);
  const kept = new Map<number, number>();
  await checkWith(file, {}, { ...checkJob, partBytes: 10_000 }, ({ lines }) => {
    for (const { entry } of lines) kept.set(entry, (kept.get(entry) ?? 0) + 1);
  });
  assert.equal(Math.max(...kept.values()), CAP);
});

describe("a thread that is started before all else", () => {
  /** A file of this length that takes no room. */
  async function sparse(folder: string, name: string, length: number): Promise<string> {
    const file = path.join(folder, name);
    await writeFile(file, "");
    await truncate(file, length);
    return file;
  }

  test("is started for a log that is worth it, and taken once", { skip: availableParallelism() < 2 }, async (t) => {
    const folder = await scratch(t);
    const large = await sparse(folder, "mail.log", WORTH_A_THREAD);
    const small = await sparse(folder, "mail.log.1", WORTH_A_THREAD - 1);
    const compressed = await sparse(folder, "mail.log.2.gz", WORTH_A_THREAD);
    for (const words of [
      ["check", small],
      ["check", compressed],
      ["check", folder],
      ["redact", large],
      ["check"],
      [],
    ]) {
      startEarlyThread(words);
      assert.equal(takeEarlyThread(), null, words.join(" "));
    }
    startEarlyThread(["check", "--cap", "3", small, large]);
    const thread = takeEarlyThread();
    assert.ok(thread);
    assert.equal(takeEarlyThread(), null);
    await thread.terminate();
  });

  test("does what any other does", { skip: availableParallelism() < 2 }, async (t) => {
    const folder = await scratch(t);
    const file = await writeLog(folder, 1_000_000);
    const job = { ...checkJob, partBytes: 100_000 };
    const alone = await checkWith(file, {}, job);
    startEarlyThread(["check", await sparse(folder, "large", WORTH_A_THREAD)]);
    assert.deepEqual(await checkWith(file, { threads: 1, worksHere: false }, job), alone);
    assert.equal(takeEarlyThread(), null, "it was taken");
  });
});

test("a file that is gone bad fails with the system's words, from whatever thread", async (t) => {
  const folder = await scratch(t);
  const handle = await open(folder, "r");
  for (const threads of [0, 1]) {
    const options = { cap: 3, fixes: false, full: new Uint8Array(1) };
    const run = { threads, worksHere: threads === 0, engine: () => engine, isStopped: () => false };
    await assert.rejects(
      runLogJob(checkJob, options, { kind: "file", fd: handle.fd, size: 10 }, run, () => undefined),
      { code: "EISDIR" },
    );
  }
  await handle.close();
});

test("every message that is named as a cause is printed as a warning or worse, so a check need not look up the messages of other lines", () => {
  const causes = new Set(entries.flatMap(({ because }) => because.flatMap(({ lines }) => lines)));
  const named = referenceMessages().filter(({ id }) => causes.has(id));
  assert.ok(named.length > 0);
  for (const { id, levels } of named) assert.ok(!levels.includes("info"), id);
});
