import assert from "node:assert/strict";
import { readFile, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { buildPages } from "../../scripts/lib/bundles.ts";
import { dig, listOf } from "./json-values.ts";
import { postmaster, SAMPLES, scratch } from "./run-cli.ts";

const SMALL_DAY = fileURLToPath(new URL("../core/report/log/small-day.log", import.meta.url));

suite("report", () => {
  test("says what became of the mail; where there is no terminal no title is cut", async () => {
    const { code, out, err } = await postmaster(["report", "mail.log", "--year", "2026"], { cwd: SAMPLES });
    assert.equal(code, 0);
    assert.equal(err, "");
    assert.ok(!out.includes("…"));
    assert.match(out, / {2}A sender domain of yours, from a client that did not log in$/m);
    assert.match(out, /^ +15 {2}rejected, 4 of them with leave to come back \(4xx\)$/m);
    assert.match(out, /^ +2 {2}Amavis does not answer$/m);
    assert.match(out, /^ +5 {2}anna@example\.com$/m);
  });

  test("a folder without a log is named, and is a failure", async (t) => {
    const folder = await scratch(t);
    await writeFile(path.join(folder, "picture"), Buffer.alloc(100));
    const { code, err } = await postmaster(["report", folder]);
    assert.equal(code, 2);
    assert.match(err, /^postmaster: .*: no mail log was found there: /m);
  });

  test("of two logs that begin in the same second the one that was closed first is read first", async (t) => {
    const folder = await scratch(t);
    const second = "2026-11-09T06:00:00Z mail postfix/qmgr[2]: 4Zx1Qk0Y1Mz3kT";
    await writeFile(path.join(folder, "mail.log"), `${second}: removed\n`);
    await writeFile(path.join(folder, "mail.log.1"), `${second}: removed\n`);
    await utimes(path.join(folder, "mail.log.1"), 1_795_000_000, 1_795_000_000);
    await utimes(path.join(folder, "mail.log"), 1_795_000_100, 1_795_000_100);
    const { out } = await postmaster(["report", "mail.log", "mail.log.1", "--json", "-"], { cwd: folder });
    const names = listOf(dig(JSON.parse(out), "logs")).map((log) => dig(log, "name"));
    assert.deepEqual(names, ["mail.log.1", "mail.log"]);
  });

  test("as JSON, of rotated and compressed logs in any order, a file named twice counted once", async (t) => {
    const folder = await scratch(t);
    const lines = (await readFile(SMALL_DAY, "utf8")).split(/(?<=\n)/);
    await writeFile(path.join(folder, "mail.log"), lines.slice(20).join(""));
    await writeFile(path.join(folder, "mail.log.1"), lines.slice(5, 20).join(""));
    await writeFile(path.join(folder, "mail.log.2.gz"), gzipSync(lines.slice(2, 5).join("")));
    await writeFile(path.join(folder, "mail.log.3.zst"), zstdCompressSync(lines.slice(0, 2).join("")));
    await writeFile(path.join(folder, "notes.txt"), "no log at all\n");
    const options = ["--json", "-", "--tz", "UTC"];
    const whole: unknown = JSON.parse((await postmaster(["report", SMALL_DAY, ...options])).out);
    const { code, out } = await postmaster(["report", folder, path.join(folder, "mail.log"), ...options]);
    const parts: unknown = JSON.parse(out);
    assert.equal(code, 0);
    assert.deepEqual(
      listOf(dig(parts, "logs")).map((log) => path.basename(String(dig(log, "name")))),
      ["mail.log.3.zst", "mail.log.2.gz", "mail.log.1", "mail.log"],
    );
    for (const part of [
      "lines",
      "from",
      "to",
      "totals",
      "volume",
      "senders",
      "relays",
      "delays",
      "tls",
      "logins",
      "news",
    ]) {
      assert.deepEqual(dig(parts, part), dig(whole, part), part);
    }
    const counts = (report: unknown) =>
      listOf(dig(report, "problems")).map((row) => [dig(row, "entry"), dig(row, "count")]);
    assert.deepEqual(counts(parts), counts(whole));
  });

  test("into a file", async (t) => {
    const folder = await scratch(t);
    const file = path.join(folder, "report.json");
    const { code, out } = await postmaster(["report", SMALL_DAY, "--json", file, "--top", "1"]);
    assert.deepEqual([code, out], [0, ""]);
    const written: unknown = JSON.parse(await readFile(file, "utf8"));
    assert.equal(dig(written, "format"), "postmaster-report");
    assert.equal(listOf(dig(written, "senders", "list")).length, 1);
    const nowhere = await postmaster(["report", SMALL_DAY, "--json", path.join(folder, "no", "report.json")]);
    assert.equal(nowhere.code, 2);
    assert.match(nowhere.err, /report\.json: no such file/);
  });

  test("as a page for a browser, with everything it needs in it", async (t) => {
    await buildPages();
    const file = path.join(await scratch(t), "report.html");
    const { code, err } = await postmaster(["report", SMALL_DAY, "--html", file]);
    assert.deepEqual([code, err], [0, ""]);
    const page = await readFile(file, "utf8");
    assert.match(page, /<title>Report of .*small-day\.log<\/title>/);
    assert.match(page, />Relay access|>A client may not send to this address through your server</);
    assert.ok(page.includes("acquireVsCodeApi"), "its script is there");
    assert.ok(page.includes("--postmaster-text"), "its style is there");
  });

  test("what cannot be read is named, and the rest is reported", async (t) => {
    const folder = await scratch(t);
    const cut = path.join(folder, "mail.log.3.gz");
    const log = await readFile(SMALL_DAY);
    await writeFile(cut, gzipSync(log).subarray(0, 700));
    const cutToo = path.join(folder, "mail.log.4.zst");
    await writeFile(cutToo, zstdCompressSync(log).subarray(0, 700));
    await writeFile(path.join(folder, "mail.log"), Buffer.alloc(2000, 1));
    const { code, out, err } = await postmaster([
      "report",
      cut,
      cutToo,
      path.join(folder, "mail.log"),
      "gone.log",
      SMALL_DAY,
    ]);
    assert.equal(code, 2);
    assert.match(err, /mail\.log\.3\.gz: is damaged/);
    assert.match(err, /mail\.log\.4\.zst: is damaged/);
    assert.match(err, /mail\.log: is binary, not text/);
    assert.match(err, /gone\.log: no such file/);
    assert.match(out, /^ +1 {2}bounced$/m);
  });

  test("nothing is told of nothing: where no log could be read there is no report of zeros", async () => {
    const { code, out, err } = await postmaster(["report", "no-such.log"]);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, /no-such\.log: no such file/);
  });

  test("what strangers wrote cannot reach the terminal", async () => {
    const input =
      "Nov  9 10:00:00 mail postfix/qmgr[1]: AAAAA00001: from=<\u001b]0;owned\u0007@x.example>, size=1, nrcpt=1 (queue active)\n";
    const before = "Nov  9 10:00:00 mail postfix/smtpd[1]: AAAAA00001: client=\u001b[31m[192.0.2.1]\n";
    const { out } = await postmaster(["report", "-"], { input: before + input });
    assert.ok(!out.includes("\u001b"), "no escape character");
    assert.match(out, /\\u\{1b\}\]0;owned/);
  });

  test("wrong usage", async () => {
    assert.equal((await postmaster(["report"])).code, 2);
    assert.equal((await postmaster(["report", "mail.log", "--top", "0"])).code, 2);
  });
});
