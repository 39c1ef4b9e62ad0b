import assert from "node:assert/strict";
import { appendFile, open, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { suite, test } from "node:test";
import { lastLineEnd } from "@postmaster/server/tail/last-line-end.ts";
import { followLog, type LogFollower } from "@postmaster/server/tail/log-follower.ts";
import { type Scratch, scratchFolder } from "../scratch.ts";

/** A log of `lines`, followed from its end; `seen` is what a poll gives: lines with their numbers, and events. */
async function followed(
  lines: string,
): Promise<{ scratch: Scratch; follower: LogFollower; seen: () => Promise<string[]> }> {
  const scratch = await scratchFolder({ "mail.log": lines });
  const { dev, ino, size } = await stat(scratch.path("mail.log"));
  const position = { identity: `${dev}:${ino}`, bytes: size, lines: lines.split("\n").length - 1 };
  const follower = await followLog(scratch.path("mail.log"), position);
  return {
    scratch,
    follower,
    async seen() {
      const found: string[] = [];
      await follower.poll({
        lines(bytes, before) {
          const texts = new TextDecoder().decode(bytes).split("\n");
          if (texts.at(-1) === "") texts.pop();
          found.push(...texts.map((text, index) => `${before + index + 1} ${text}`));
          return undefined;
        },
        event: (what) => found.push(what),
      });
      return found;
    },
  };
}

suite("following a log", () => {
  test("gives what was added, once, and a line when it is whole", async () => {
    const { scratch, follower, seen } = await followed("a\nb\n");
    const log = scratch.path("mail.log");
    assert.deepEqual(await seen(), []);
    await appendFile(log, "c\nd\nhal");
    assert.deepEqual(await seen(), ["3 c", "4 d"]);
    assert.deepEqual(await seen(), []);
    await appendFile(log, "f\n");
    assert.deepEqual(await seen(), ["5 half"]);
    await follower.close();
    await scratch[Symbol.asyncDispose]();
  });

  test("rotation by renaming: the rest of the old file, then the new one from its first line", async () => {
    const { scratch, follower, seen } = await followed("a\n");
    const log = scratch.path("mail.log");
    await appendFile(log, "b\n");
    await rename(log, scratch.path("mail.log.1"));
    assert.deepEqual(await seen(), ["2 b", "gone"]);
    await appendFile(scratch.path("mail.log.1"), "late\nunfinished");
    await writeFile(log, "new\n");
    assert.deepEqual(await seen(), ["3 late", "4 unfinished", "rotated", "1 new"]);
    await appendFile(log, "newer\n");
    assert.deepEqual(await seen(), ["2 newer"]);
    await follower.close();
    await scratch[Symbol.asyncDispose]();
  });

  test("rotation by emptying, even if the file is longer than before when we look again", async () => {
    const { scratch, follower, seen } = await followed("first line\n");
    const log = scratch.path("mail.log");
    await truncate(log, 0);
    await appendFile(log, "x\n");
    assert.deepEqual(await seen(), ["truncated", "1 x"]);
    await writeFile(log, "something else that is much longer\nand more\n");
    assert.deepEqual(await seen(), ["truncated", "1 something else that is much longer", "2 and more"]);
    await follower.close();
    await scratch[Symbol.asyncDispose]();
  });

  test("a file that is deleted is told once, and taken up when it comes again", async () => {
    const { scratch, follower, seen } = await followed("a\n");
    const log = scratch.path("mail.log");
    await rm(log);
    assert.deepEqual(await seen(), ["gone"]);
    assert.deepEqual(await seen(), []);
    await writeFile(log, "b\n");
    assert.deepEqual(await seen(), ["rotated", "1 b"]);
    await follower.close();
    await scratch[Symbol.asyncDispose]();
  });

  test("a giant line does not fill the memory, and the next is read", async () => {
    const { scratch, follower, seen } = await followed("");
    const log = scratch.path("mail.log");
    for (let piece = 0; piece < 5; piece += 1) await appendFile(log, "x".repeat(1024 * 1024));
    assert.deepEqual(await seen(), []);
    await appendFile(log, "\nb\n");
    const [giant = "", next] = await seen();
    assert.ok(giant.length < 2 * 1024 * 1024);
    assert.equal(next, "2 b");
    await follower.close();
    await scratch[Symbol.asyncDispose]();
  });
});

test("where the last whole line ends", async () => {
  await using scratch = await scratchFolder({
    log: `a\nb\n${"c".repeat(200_000)}`,
    none: "abc",
    empty: "",
    whole: "a\n",
  });
  const expected = { log: 4, none: 0, empty: 0, whole: 2 };
  for (const [name, end] of Object.entries(expected)) {
    const handle = await open(scratch.path(name));
    assert.equal(lastLineEnd(handle.fd, (await handle.stat()).size), end, name);
    await handle.close();
  }
});
