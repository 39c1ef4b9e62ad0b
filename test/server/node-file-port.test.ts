import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmod, symlink } from "node:fs/promises";
import process from "node:process";
import { test } from "node:test";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { isSourceFile } from "@postmaster/core/io/file-port.ts";
import { linuxFamily } from "@postmaster/server/host/machine.ts";
import { createNodeFilePort } from "@postmaster/server/host/node-file-port.ts";
import { isWithin } from "@postmaster/server/host/path-bounds.ts";
import { scratchFolder } from "./scratch.ts";

const isWindows = process.platform === "win32";

test("a file is read as text, with what an edit of it has to know", async () => {
  await using scratch = await scratchFolder({ "main.cf": "\uFEFFmyhostname = mx.example.com\r\n" });
  const file = await createNodeFilePort().read(scratch.path("main.cf"));
  assert.deepEqual(file, {
    uri: scratch.uri("main.cf"),
    path: scratch.path("main.cf"),
    text: "\uFEFFmyhostname = mx.example.com\r\n",
    encoding: "utf-8",
    savedAs: "utf-8-mark",
    version: null,
    writable: true,
  });
});

test("bytes that are no UTF-8 come one character a byte", async () => {
  await using scratch = await scratchFolder({ "main.cf": Uint8Array.of(0x61, 0xe4, 0xff, 0x0a) });
  const file = await createNodeFilePort().read(scratch.path("main.cf"));
  assert.ok(isSourceFile(file));
  assert.equal(file.encoding, "bytes");
  assert.equal(file.text, "a\u00E4\u00FF\n");
});

test("an open document wins over the file, unless saving it would destroy bytes", async () => {
  await using scratch = await scratchFolder({ "main.cf": "old\n", latin: Uint8Array.of(0xe4) });
  const openDocument = (): Promise<{ uri: string; version: number; text: string }> =>
    Promise.resolve({ uri: "file:///as-the-editor-writes-it", version: 7, text: "new\n" });
  const port = createNodeFilePort({ openDocument });
  const open = await port.read(scratch.path("main.cf"));
  assert.ok(isSourceFile(open));
  assert.deepEqual([open.uri, open.version, open.text], ["file:///as-the-editor-writes-it", 7, "new\n"]);
  const latin = await port.read(scratch.path("latin"));
  assert.ok(isSourceFile(latin));
  assert.deepEqual([latin.encoding, latin.version], ["bytes", null]);
});

test("the end of a log: whole lines, and how many stand before them, compressed or not", async () => {
  const text = "first\nsecond\r\nthird\rfourth\nfifth\n";
  const files = { "mail.log": text, "mail.log.1.gz": gzipSync(text), "mail.log.2.zst": zstdCompressSync(text) };
  await using scratch = await scratchFolder(files);
  const port = createNodeFilePort({ roots: [scratch.folder] });
  for (const name of Object.keys(files)) {
    const tail = await port.tail(scratch.path(name), 16);
    assert.ok(typeof tail !== "string");
    assert.deepEqual(
      [tail.uri, tail.text, await tail.linesBefore(), tail.isCompressed],
      [scratch.uri(name), "fifth\n", 4, name !== "mail.log"],
    );
    const whole = await port.tail(scratch.path(name), 1000);
    assert.ok(typeof whole !== "string");
    assert.deepEqual([whole.text, await whole.linesBefore()], [text, 0]);
  }
  assert.equal(await port.tail(scratch.path("mail.log.9"), 16), "missing");
  assert.equal(await port.tail(scratch.folder, 16), "folder");
  assert.equal(await port.tail("/etc/passwd", 16), "refused");
});

test("the lines before the end are not numbered where the file has become another", async () => {
  await using scratch = await scratchFolder({ "mail.log.1": "first\nsecond\nthird\n" });
  const tail = await createNodeFilePort().tail(scratch.path("mail.log.1"), 8);
  assert.ok(typeof tail !== "string");
  await scratch.write("mail.log.1", "another\nfile\nis in its place\n");
  assert.equal(await tail.linesBefore(), null);
});

test("what cannot be had is a word, never an exception", async () => {
  await using scratch = await scratchFolder({ big: "x".repeat(1001), fits: "x".repeat(1000) });
  const port = createNodeFilePort({ roots: [scratch.folder], largest: 1000 });
  assert.equal(await port.read(scratch.path("absent")), "missing");
  assert.equal(await port.read(scratch.path("big/below-a-file")), "missing");
  assert.equal(await port.read(scratch.path("big")), "too-large");
  assert.ok(isSourceFile(await port.read(scratch.path("fits"))));
  assert.equal(await port.read("relative"), "refused");
  assert.equal(await port.read(`${scratch.folder}/a\0b`), "refused");
  assert.equal(await port.list(scratch.path("absent")), null);
  assert.deepEqual((await port.list(scratch.folder))?.toSorted(), ["big", "fits"]);
});

test("nothing outside the roots is read, by no way of writing its path", async () => {
  await using inside = await scratchFolder({ "main.cf": "x" });
  await using outside = await scratchFolder({ secret: "x" });
  const port = createNodeFilePort({ roots: [inside.folder] });
  assert.equal(await port.read(outside.path("secret")), "refused");
  assert.equal(await port.read(`${inside.folder}/../${outside.folder.split("/").at(-1)}/secret`), "refused");
  assert.equal(await port.list(outside.folder), null);
  if (isWindows) return;
  await symlink(outside.path("secret"), inside.path("link"));
  await symlink(inside.path("main.cf"), inside.path("own-link"));
  assert.equal(await port.read(inside.path("link")), "refused");
  assert.ok(isSourceFile(await port.read(inside.path("own-link"))));
});

test("a link is told from what it leads to", async () => {
  if (isWindows) return;
  await using scratch = await scratchFolder({ "main.cf": "x" });
  await using outside = await scratchFolder({ secret: "x" });
  await symlink("main.cf", scratch.path("link"));
  await symlink("nowhere", scratch.path("lost"));
  await symlink("secret", outside.path("link"));
  await symlink(outside.folder, scratch.path("folder"));
  const port = createNodeFilePort({ roots: [scratch.folder] });
  const areLinks = async (...files: readonly string[]): Promise<readonly boolean[]> =>
    Promise.all(files.map((file) => port.isLink(file)));
  const at = (name: string): string => scratch.path(name);
  assert.deepEqual(await areLinks(at("link"), at("lost"), at("folder"), at("main.cf"), at("absent")), [
    true,
    true,
    true,
    false,
    false,
  ]);
  assert.deepEqual(
    await areLinks(outside.path("link"), at("folder/link"), "link"),
    [false, false, false],
    "not to be looked at",
  );
});

test("a pipe in a file's place is refused and hangs nobody", async () => {
  if (isWindows) return;
  await using scratch = await scratchFolder();
  execFileSync("mkfifo", [scratch.path("main.cf")]);
  const port = createNodeFilePort();
  assert.equal(await port.read(scratch.path("main.cf")), "special");
  assert.equal(await port.read("/dev/null"), "special");
  assert.equal(await port.read("/dev/zero"), "special");
  assert.equal(await port.read(scratch.folder), "folder");
});

test("how a file was saved is told by its first bytes, within the bounds and of files alone", async () => {
  await using scratch = await scratchFolder({
    plain: "mail_name = x\n",
    nul: "mail_name = \0x\0\n",
    short: "\0",
    mark: "\uFEFFmail_name = x\n",
    wide: Buffer.from("mail_name = x\n", "utf16le"),
    "wide-mark": Buffer.from("\uFEFFmail_name = x\n", "utf16le").swap16(),
  });
  await using elsewhere = await scratchFolder({ mark: "\uFEFFsecret\n" });
  execFileSync("mkfifo", [scratch.path("pipe")]);
  const port = createNodeFilePort({ roots: [scratch.folder] });
  const told = async (name: string) => port.savedAs(name.startsWith("/") ? name : scratch.path(name));
  assert.equal(await told("mark"), "utf-8-mark");
  assert.equal(await told("wide"), "utf-16le");
  assert.equal(await told("wide-mark"), "utf-16be-mark");
  for (const name of ["plain", "nul", "short", "missing", "pipe", scratch.folder, elsewhere.path("mark")]) {
    assert.equal(await told(name), null, name);
  }
  const file = await port.read(scratch.path("wide-mark"));
  assert.equal(isSourceFile(file) ? file.savedAs : file, "utf-16be-mark");
});

test("a file without write permission says so", async () => {
  // For root every file is writable.
  if (isWindows || process.getuid?.() === 0) return;
  await using scratch = await scratchFolder({ "main.cf": "x" });
  await chmod(scratch.path("main.cf"), 0o444);
  const file = await createNodeFilePort().read(scratch.path("main.cf"));
  assert.ok(isSourceFile(file));
  assert.equal(file.writable, false);
});

test("a folder whose name begins like a root is not within it", () => {
  assert.ok(isWithin("/etc/postfix", "/etc/postfix/main.cf"));
  assert.ok(isWithin("/etc/postfix", "/etc/postfix"));
  assert.ok(isWithin("/etc/postfix", "/etc/postfix/..data/main.cf"));
  assert.ok(!isWithin("/etc/postfix", "/etc/postfix-out/main.cf"));
  assert.ok(!isWithin("/etc/postfix", "/etc"));
});

test("distributions are told apart by os-release", () => {
  assert.equal(linuxFamily('ID=debian\nVERSION_ID="12"\n'), "debian");
  assert.equal(linuxFamily('ID=linuxmint\nID_LIKE="ubuntu debian"\n'), "debian");
  assert.equal(linuxFamily('ID="rocky"\nID_LIKE="rhel centos fedora"\n'), "rhel");
  assert.equal(linuxFamily("ID=alpine\n"), null);
  assert.equal(linuxFamily(""), null);
});
