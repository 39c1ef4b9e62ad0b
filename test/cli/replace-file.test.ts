import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { suite, test } from "node:test";
import { replaceFiles } from "@postmaster/server/cli/fix/replace-file.ts";
import { scratch } from "./run-cli.ts";

suite("replacing files", () => {
  test("a file that has changed since it was read is not written, and neither are the others", async (t) => {
    const folder = await scratch(t);
    const [first, second] = [path.join(folder, "first"), path.join(folder, "second")];
    await writeFile(first, "one");
    await writeFile(second, "somebody was faster");
    const problem = await replaceFiles([
      { path: first, before: Buffer.from("one"), after: Buffer.from("1") },
      { path: second, before: Buffer.from("two"), after: Buffer.from("2") },
    ]);
    assert.equal(problem, `${second} has changed since it was read`);
    assert.equal(await readFile(first, "utf8"), "one");
    assert.deepEqual(await readdir(folder), ["first", "second"]);
  });

  test("a file that is gone is a problem, not an exception", async (t) => {
    const folder = await scratch(t);
    const gone = path.join(folder, "gone");
    assert.equal(
      await replaceFiles([{ path: gone, before: Buffer.from(""), after: Buffer.from("x") }]),
      "no such file",
    );
    assert.deepEqual(await readdir(folder), []);
  });
});
