import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { suite, test } from "node:test";
import { gzipSync } from "node:zlib";
import { ENTRY, FIXTURES, findingsOf, postmaster, scratch } from "./run-cli.ts";

const LINE =
  "Feb 11 19:59:08 mail postfix/smtpd[311]: NOQUEUE: reject: RCPT from mx.example.org[192.0.2.7]: 504 5.5.2 <FRITZBOX>: " +
  "Helo command rejected: need fully-qualified hostname; from=<a@example.org> to=<bob@example.com> proto=ESMTP helo=<FRITZBOX>\n";
const CONNECT = "Feb 11 19:59:07 mail postfix/smtpd[311]: connect from mx.example.org[192.0.2.7]\n";

/** Compiling all templates, which the packaged program is spared, takes between 64 and 80 MB here; a text of 50 MB has no room beside it. */
const SMALL_HEAP = ["--max-old-space-size=96"];

function* forever(text: string): Generator<string> {
  for (;;) yield text;
}

suite("input", () => {
  test("what cannot be read is refused with a word, and the rest is still checked", async (t) => {
    const folder = await scratch(t);
    await writeFile(path.join(folder, "program"), Buffer.concat([Buffer.from("\u007fELF"), Buffer.alloc(60)]));
    await writeFile(path.join(folder, "README"), "Nothing to do with mail.\n");
    await writeFile(path.join(folder, "mail.log.2.gz"), gzipSync(LINE.repeat(50)).subarray(0, 60));
    const names = ["missing", "program", "README", "mail.log.2.gz", "/dev/null"];
    const { code, out, err } = await postmaster(["check", ...names, path.join(FIXTURES, "mail.log")], { cwd: folder });
    assert.equal(code, 2);
    assert.match(err, /^postmaster: missing: no such file$/m);
    assert.match(err, /^postmaster: program: is binary, not text$/m);
    assert.match(err, /^postmaster: README: is neither a mail log nor configuration of Postfix/m);
    assert.match(err, /^postmaster: mail\.log\.2\.gz: is damaged/m);
    assert.match(err, /^postmaster: \/dev\/null: is no regular file$/m);
    assert.match(out, /\[helo-not-fqdn\]/);
  });

  test("in folders logs and configuration are found by name and by first lines, each file once", async (t) => {
    const folder = await scratch(t);
    await mkdir(path.join(folder, "old", "deeper"), { recursive: true });
    await symlink(folder, path.join(folder, "old", "loop"));
    await writeFile(path.join(folder, "maillog-20261122"), LINE);
    await writeFile(path.join(folder, "old", "mail.log.2.gz"), gzipSync(LINE));
    await writeFile(path.join(folder, "old", "deeper", "from-a-friend.txt"), CONNECT + LINE);
    await writeFile(path.join(folder, "notes.txt"), "smtpd said something about helo\n");
    await writeFile(path.join(folder, "picture"), Buffer.alloc(100));
    await writeFile(path.join(folder, "main.cf"), "smptd_banner = x\n");
    await writeFile(path.join(folder, "main.cf.proto"), "smptd_banner = x\n");
    const result = await postmaster(["check", folder, path.join(folder, "main.cf"), "--format", "json"]);
    assert.deepEqual(
      findingsOf(result).map(({ file, line }) => `${path.relative(folder, file)}:${line}`),
      [
        "maillog-20261122:1",
        "main.cf:1",
        path.join("old", "deeper", "from-a-friend.txt:2"),
        path.join("old", "mail.log.2.gz:1"),
      ],
    );
    assert.equal(result.code, 1);
    assert.match(result.err, /in 4 files\.\n$/);
  });

  test("a configuration in UTF-16 is found fault with as such, a log in UTF-16 cannot be read", async (t) => {
    const folder = await scratch(t);
    const main = "mail_name = Example\nsmptd_banner = x\nvirtual_alias_maps = pcre:/etc/postfix/virtual\n";
    await writeFile(path.join(folder, "main.cf"), Buffer.from(`\uFEFF${main}`, "utf16le"));
    await writeFile(path.join(folder, "mail.log"), Buffer.from(LINE, "utf16le"));
    const result = await postmaster(["check", folder, "--format", "json"]);
    assert.deepEqual(
      findingsOf(result).map(({ file, line, id }) => `${path.basename(file)}:${line} ${id}`),
      ["main.cf:1 text-in-utf16"],
    );
    assert.match(result.err, /mail\.log: is UTF-16, not UTF-8 text$/m);
    await writeFile(path.join(folder, "main.cf"), main);
    await writeFile(path.join(folder, "virtual"), Buffer.from("/^anna@/ bert\n", "utf16le"));
    const table = await postmaster(["check", path.join(folder, "virtual"), "--format", "json"]);
    assert.deepEqual(
      findingsOf(table).map(({ file, line, id }) => `${path.basename(file)}:${line} ${id}`),
      ["virtual:1 text-in-utf16"],
    );
  });

  test("broken text is no obstacle: CRLF, NUL, half characters, no line break at the end", async () => {
    const broken = Buffer.concat([
      Buffer.from(LINE.replace("\n", "\r\n")),
      Buffer.from([0xc3, 0x28, 0xff, 0x00, 0x1b, 0x0a]),
      Buffer.from(LINE.replace("FRITZBOX", "FRITZ\u0000BOX\u009b").trimEnd()),
    ]);
    const result = await postmaster(["check", "-", "--format", "json"], { input: broken });
    assert.deepEqual(
      findingsOf(result).map(({ line, id }) => `${line} ${id}`),
      ["1 helo-not-fqdn", "3 helo-not-fqdn"],
    );
    const rows = (await postmaster(["parse", "-"], { input: broken })).out.trim().split("\n");
    assert.equal(rows.length, 3);
    for (const row of rows) JSON.parse(row);
  });

  test("a line of 50 MB is passed over in a small heap", async (t) => {
    const folder = await scratch(t);
    const log = path.join(folder, "mail.log");
    await writeFile(log, `${CONNECT.trimEnd()}${"<:a ".repeat(12_500_000)}\n${LINE}`);
    const result = await postmaster(["check", log, "--format", "json"], { nodeOptions: SMALL_HEAP });
    assert.deepEqual(
      findingsOf(result).map(({ line }) => line),
      [2],
    );
  });

  test("a stream without an end is read no further than anybody wants", async () => {
    for (const verb of [["parse"], ["check", "--cap", "0"], ["redact"], ["explain"]]) {
      const child = spawn(process.execPath, [ENTRY, ...verb, "-"], { stdio: ["pipe", "pipe", "ignore"] });
      child.stdin.on("error", () => undefined);
      // What `head -1` does: it reads something and goes.
      child.stdout.once("data", () => child.stdout.destroy());
      const feed = Readable.from(forever(LINE.repeat(500))).pipe(child.stdin);
      await once(child, "exit", { signal: AbortSignal.timeout(60_000) }).finally(() => child.kill());
      feed.destroy();
      assert.notEqual(child.exitCode, null, verb[0]);
    }
  });

  test("memory does not grow with the log", async (t) => {
    const folder = await scratch(t);
    const log = path.join(folder, "mail.log");
    const megabyte = Buffer.from(
      (CONNECT.repeat(40) + LINE).repeat(Math.floor(1_000_000 / (CONNECT.length * 40 + LINE.length))),
    );
    const file = createWriteStream(log);
    for (let written = 0; written < 40; written += 1) file.write(megabyte);
    await new Promise((resolve) => file.end(resolve));
    const { out, code, err } = await postmaster(["check", log], { nodeOptions: SMALL_HEAP });
    assert.equal(code, 1, err);
    assert.match(out, /Found [\d,]+ warnings in 1 file\. [\d,]+ of them are not listed/);
  });
});
