import assert from "node:assert/strict";
import { chmod, link, readdir, readFile, stat, symlink, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { suite, test } from "node:test";
import { FIXTURES, findingsOf, postmaster, SAMPLES, scratch } from "./run-cli.ts";

suite("check --fix", () => {
  test("applies what is safe, keeps what is not, and says so", async (t) => {
    const folder = await scratch(t, FIXTURES);
    const before = await readFile(path.join(folder, "main.cf"), "utf8");
    const { code, out } = await postmaster(["check", folder, "--fix"], { cwd: folder });
    const after = await readFile(path.join(folder, "main.cf"), "utf8");
    assert.equal(
      after,
      `${before.replace("smtpd_banner = one", "# smtpd_banner = one")}virtual_alias_expansion_limit = 1500\n`,
    );
    assert.match(out, /^Fixed main\.cf: Comment out smtpd_banner in line 6 of main\.cf, which has no effect$/m);
    assert.match(out, /^Fixed main\.cf: Raise virtual_alias_expansion_limit: .* = 1500/m);
    assert.match(out, /^To take effect, run:\n {2}postfix reload$/m);
    assert.equal(code, 1, "the rest is still found");
    assert.deepEqual(
      (await readdir(folder)).toSorted(),
      (await readdir(FIXTURES)).toSorted(),
      "no file is left behind",
    );
  });

  test("tables are mended too, and Postfix's own command is named", async (t) => {
    const folder = await scratch(t);
    await writeFile(path.join(folder, "main.cf"), "virtual_alias_maps = lmdb:/etc/postfix/virtual\n");
    await writeFile(path.join(folder, "virtual"), "anna@example.com bert\nanna@example.com carl");
    const { code, out } = await postmaster(["check", folder, "--fix"], { cwd: folder });
    assert.equal(
      await readFile(path.join(folder, "virtual"), "utf8"),
      "anna@example.com bert\nanna@example.com carl\n",
    );
    assert.match(out, /^Fixed virtual: End the last line of virtual$/m);
    assert.match(out, /^virtual:2:1: .*\[duplicate-key\]$/m);
    assert.equal(code, 1);
  });

  test("run again it changes nothing: the log line is older than the limit it has led to", async (t) => {
    const folder = await scratch(t, FIXTURES);
    await postmaster(["check", folder, "--fix"], { cwd: folder });
    const once = await readFile(path.join(folder, "main.cf"));
    const { out } = await postmaster(["check", folder, "--fix"], { cwd: folder });
    assert.deepEqual(await readFile(path.join(folder, "main.cf")), once);
    assert.match(out, /^Left as it is: main\.cf: .*: the file was changed after the log line was written$/m);
  });

  test("a limit that was set before the line was logged is raised", async (t) => {
    const folder = await scratch(t, FIXTURES);
    const main = path.join(folder, "main.cf");
    await writeFile(main, "virtual_alias_expansion_limit = 2000\n");
    await utimes(main, 0, 0);
    await postmaster(["check", folder, "--fix"]);
    assert.equal(await readFile(main, "utf8"), "virtual_alias_expansion_limit = 3000\n");
  });

  test("a file that is not UTF-8 is edited byte for byte", async (t) => {
    const folder = await scratch(t);
    const main = path.join(folder, "main.cf");
    const text = "# Grüße\r\nmail_name = Käse\r\nmail_name = Wein\r\n\tund Brötchen";
    await writeFile(main, Buffer.from(text, "latin1"));
    const { code, out } = await postmaster(["check", main, "--fix"]);
    assert.equal(
      (await readFile(main)).toString("latin1"),
      `${text.replace("mail_name = Käse", "# mail_name = Käse")}\r\n`,
    );
    assert.equal(code, 0, out);
  });

  test("every line of a folded value is commented out, a comment in its middle stays", async (t) => {
    const folder = await scratch(t);
    const main = path.join(folder, "main.cf");
    await writeFile(main, "mynetworks = 127.0.0.1\n# home\n  192.0.2.1\nmynetworks = 127.0.0.1\n");
    await postmaster(["check", main, "--fix"]);
    assert.equal(
      await readFile(main, "utf8"),
      "# mynetworks = 127.0.0.1\n# home\n#   192.0.2.1\nmynetworks = 127.0.0.1\n",
    );
  });

  test("afterwards no safe fix is left", async (t) => {
    const folder = await scratch(t, path.join(SAMPLES, "postfix"));
    const main = path.join(folder, "main.cf");
    const twice = "mail_name = a\nmail_name = b\nmail_name = b\nmail_name = a\nmail_name = c\n";
    await writeFile(main, (await readFile(main, "utf8")) + twice);
    await postmaster(["check", folder, "--fix"]);
    const left = findingsOf(await postmaster(["check", folder, "--format", "json"]));
    assert.deepEqual(
      left.filter(({ fixes }) => fixes.some(({ safety }) => safety === "safe")),
      [],
    );
    assert.ok((await readFile(main, "utf8")).endsWith("\nmail_name = c\n"));
  });

  test("mode and link stay as they are", { skip: process.platform === "win32" }, async (t) => {
    const folder = await scratch(t, FIXTURES);
    const real = path.join(folder, "main.cf");
    const elsewhere = await scratch(t);
    const named = path.join(elsewhere, "main.cf");
    await chmod(real, 0o640);
    await symlink(real, named);
    await postmaster(["check", named, "--fix"]);
    assert.match(await readFile(real, "utf8"), /^# smtpd_banner = one$/m);
    assert.equal((await stat(real)).mode & 0o777, 0o640);
    assert.ok((await readdir(elsewhere, { withFileTypes: true }))[0]?.isSymbolicLink());
  });

  test("a file with a second name is left alone, and the change is shown as a command", async (t) => {
    const folder = await scratch(t, FIXTURES);
    const main = path.join(folder, "main.cf");
    const before = await readFile(main);
    await link(main, path.join(folder, "other"));
    const { code, out } = await postmaster(["check", main, "--fix"]);
    assert.deepEqual(await readFile(main), before);
    assert.match(out, /Not fixed: .* hard link/);
    assert.match(out, /by hand: printf .* \| patch /);
    assert.equal(code, 2);
  });

  test("with JSON the standard output stays JSON", async (t) => {
    const folder = await scratch(t, FIXTURES);
    const result = await postmaster(["check", folder, "--fix", "--format", "json"]);
    assert.ok(!findingsOf(result).some(({ id }) => id === "duplicate-parameter"));
    assert.match(result.err, /Fixed .*main\.cf/);
  });
});
