import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { suite, test } from "node:test";
import { gzipSync } from "node:zlib";
import { dig, listOf, rowOf } from "./json-values.ts";
import { FIXTURES, findingsOf, postmaster, SAMPLES, scratch } from "./run-cli.ts";

suite("check", () => {
  test("prints place, severity, message, id, the line and a caret", async () => {
    const { code, out, err } = await postmaster(["check", "main.cf"]);
    const expected = path.join(FIXTURES, "check-main-cf.txt");
    const shown = out.replaceAll(FIXTURES, "FIXTURES");
    if (process.env["UPDATE"] === "1") await writeFile(expected, shown);
    assert.equal(shown, await readFile(expected, "utf8"));
    assert.equal(err, "");
    assert.equal(code, 1);
  });

  test("exits with 0 where nothing is found, and says how much was looked at", async (t) => {
    const folder = await scratch(t);
    await writeFile(path.join(folder, "main.cf"), "myhostname = mail.example.com\n");
    const { code, out } = await postmaster(["check", folder]);
    assert.deepEqual({ code, out }, { code: 0, out: "Nothing found in 1 file.\n" });
  });

  test("a folder without anything to check is named, with what was looked for, and is a failure", async (t) => {
    const folder = await scratch(t);
    await mkdir(path.join(folder, "empty"));
    await mkdir(path.join(folder, "others"));
    await writeFile(path.join(folder, "others", "notes.txt"), "Nothing to do with mail.\n");
    await writeFile(path.join(folder, "main.cf"), "myhostname = mail.example.com\n");
    const alone = await postmaster(["check", "empty"], { cwd: folder });
    assert.equal(alone.code, 2);
    assert.match(
      alone.err,
      /^postmaster: empty: no mail log and no configuration of Postfix was found there: .*mail\.log/,
    );
    assert.equal(alone.out, "Nothing was checked.\n");

    const several = await postmaster(["check", "others", "main.cf", "."], { cwd: folder });
    assert.equal(several.code, 2);
    assert.deepEqual(
      several.err.split("\n").map((line) => line.split(":")[1]),
      [" others", undefined],
      "the other folder holds a file that was checked before",
    );
    assert.equal(several.out, "Nothing found in 1 file.\n");
  });

  test("looks into the lists that aliases include, as into tables", async (t) => {
    const folder = await scratch(t);
    const files = {
      "main.cf": `myhostname = mail.example.com\nalias_maps = hash:${folder}/aliases\n`,
      aliases: `all: :include:${folder}/all\n`,
      all: `anna\n:include:${folder}/all\n|/usr/bin/filter\n`,
    };
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
    const found = findingsOf(await postmaster(["check", folder, "--format=json"]));
    const inList = found.filter(({ file }) => path.basename(file) === "all");
    assert.deepEqual(
      inList.map(({ line, id }) => [line, id]),
      [
        [2, "circular-list"],
        [3, "alias-list"],
      ],
    );
  });

  test("names every planted mistake of the samples", async () => {
    const planted: unknown = JSON.parse(await readFile(new URL("../samples/planted.json", import.meta.url), "utf8"));
    const result = await postmaster(["check", "samples", "--format", "json"], { cwd: path.dirname(SAMPLES) });
    const place = (file: string, line: number, id: string): string => `${file}:${line} ${id}`;
    const ids = new Set(listOf(planted).map((row) => rowOf(row)["entry"]));
    const inLogs = findingsOf(result).filter(({ id }) => ids.has(id));
    assert.deepEqual(
      inLogs.map(({ file, line, id }) => place(file, line, id)).toSorted(),
      listOf(planted)
        .map(rowOf)
        .map((row) => place(String(row["file"]), Number(row["line"]), String(row["entry"])))
        .toSorted(),
    );
  });

  test("writes one JSON array with 1-based positions and the words of Postfix", async () => {
    const result = await postmaster(["check", "main.cf", "mail.log", "--format=json"]);
    const findings = findingsOf(result);
    assert.deepEqual(
      findings.map(({ file, line, id }) => `${file}:${line} ${id}`),
      [
        "main.cf:3 two-address-classes",
        "main.cf:7 duplicate-parameter",
        "main.cf:8 unused-parameter",
        "mail.log:1 map-expansion-size",
        "mail.log:3 helo-not-fqdn",
      ],
    );
    assert.deepEqual(findings[1], {
      file: "main.cf",
      line: 7,
      column: 1,
      endLine: 7,
      endColumn: 13,
      severity: "warning",
      id: "duplicate-parameter",
      message: "smtpd_banner is already set in line 6, to another value: the last line counts.",
      postfix: "overriding earlier entry: smtpd_banner=one",
      because: [],
      fixes: [{ title: "Comment out smtpd_banner in line 6 of main.cf, which has no effect", safety: "safe" }],
    });
    assert.equal(
      findings[3]?.postfix,
      "warning: 23C334232FB3: unreasonable virtual_alias_maps map expansion size for everybody@example.com -- deferring delivery",
    );
    assert.ok(result.err.includes("Found 2 errors, 3 warnings in 2 files."), result.err);
    assert.ok(!findings.some(({ message }) => message.includes("\n")));
  });

  test("a consequence names the lines that led to it", async () => {
    const input = [
      "Nov 22 10:00:01 mx1 postfix/smtpd[70]: fatal: no SASL authentication mechanisms",
      "Nov 22 10:00:02 mx1 postfix/master[1]: warning: process /usr/lib/postfix/sbin/smtpd pid 70 exit status 1",
      "Nov 22 10:00:02 mx1 postfix/master[1]: warning: /usr/lib/postfix/sbin/smtpd: bad command startup -- throttling",
    ].join("\n");
    const { out } = await postmaster(["check", "-"], { input });
    assert.ok(
      out.includes(
        "  because of line 2: warning: process /usr/lib/postfix/sbin/smtpd pid 70 exit status 1 [daemon-keeps-failing]\n" +
          "  because of line 1: fatal: no SASL authentication mechanisms [sasl-no-mechanisms-to-offer]\n",
      ),
      out,
    );
    const findings = findingsOf(await postmaster(["check", "-", "--format", "json"], { input }));
    assert.deepEqual(
      findings.at(-1)?.because.map(({ line, id }) => `${line} ${id}`),
      ["2 daemon-keeps-failing", "1 sasl-no-mechanisms-to-offer"],
    );
  });

  test("a cause is found in the file that was rotated away, whatever the order of the words", async (t) => {
    const folder = await scratch(t);
    const at = (time: string, text: string): string => `Nov 22 ${time} mx1 postfix/${text}\n`;
    const fatal = at("06:24:59", "smtpd[70]: fatal: no SASL authentication mechanisms");
    const exit = at("06:25:00", "master[1]: warning: process /usr/lib/postfix/sbin/smtpd pid 70 exit status 1");
    await writeFile(path.join(folder, "mail.log.2"), at("06:24:40", "smtpd[70]: connect from a.example[192.0.2.1]"));
    await writeFile(
      path.join(folder, "mail.log.1.gz"),
      gzipSync(at("06:24:50", "qmgr[2]: 4DTDN71Jz9z1: removed") + fatal),
    );
    await writeFile(path.join(folder, "mail.log"), exit);
    for (const words of [["mail.log", "mail.log.2", "mail.log.1.gz"], ["mail.log.1.gz", "mail.log"], ["."]]) {
      const result = await postmaster(["check", ...words], { cwd: folder });
      assert.ok(
        result.out.includes(
          "  because of line 2 of mail.log.1.gz: fatal: no SASL authentication mechanisms [sasl-no-mechanisms-to-offer]\n",
        ),
        `${words.join(" ")}: ${result.out}${result.err}`,
      );
      const findings = findingsOf(await postmaster(["check", ...words, "--format", "json"], { cwd: folder }));
      assert.deepEqual(
        findings.map(({ file, line, because }) => [file, line, because.map((cause) => `${cause.file}:${cause.line}`)]),
        [
          ["mail.log.1.gz", 2, []],
          ["mail.log", 1, ["mail.log.1.gz:2"]],
        ],
      );
    }
  });

  test("no cause is taken from another log, from a file of another time, or from one without times", async (t) => {
    const folder = await scratch(t);
    const fatal = "postfix/smtpd[70]: fatal: no SASL authentication mechanisms\n";
    const exit = "postfix/master[1]: warning: process /usr/lib/postfix/sbin/smtpd pid 70 exit status 1\n";
    const write = (name: string, text: string): Promise<void> => writeFile(path.join(folder, name), text);
    await write("mail.info", `Nov 22 06:24:59 mx1 ${fatal}`);
    await write("mail.log", `Nov 22 06:25:00 mx1 ${exit}`);
    await write("maillog.1", `2025-11-22T06:24:59+00:00 mx1 ${fatal}`);
    await write("maillog", `2026-11-22T06:25:00+00:00 mx1 ${exit}`);
    await write("mail.warn.1", fatal);
    await write("mail.warn", exit);
    const findings = findingsOf(await postmaster(["check", ".", "--format", "json"], { cwd: folder }));
    assert.equal(findings.length, 6);
    assert.deepEqual(
      findings.flatMap(({ because }) => because),
      [],
    );
  });

  test("an empty JSON report is an empty array", async () => {
    const { out } = await postmaster(["check", "-", "--format", "json"], { input: "nothing of a mail server\n" });
    assert.deepEqual(JSON.parse(out), []);
  });

  test("finds what is wrong in the tables of a main.cf, in a folder, alone, and each once", async (t) => {
    const folder = await scratch(t);
    await writeFile(
      path.join(folder, "main.cf"),
      "virtual_alias_maps = pcre:/etc/postfix/v.pcre\ncanonical_maps = pcre:/etc/postfix/v.pcre\n",
    );
    await writeFile(path.join(folder, "v.pcre"), "/^foo(/ X\n/a/ $1\n");
    const expected = ["v.pcre:1 bad-pattern", "v.pcre:2 bad-replacement"];
    for (const words of [[folder], [path.join(folder, "main.cf")], ["v.pcre"], ["v.pcre", "main.cf"]]) {
      const result = await postmaster(["check", ...words, "--format", "json"], { cwd: folder });
      assert.deepEqual(
        findingsOf(result).map(({ file, line, id }) => `${path.basename(file)}:${line} ${id}`),
        expected,
        words.join(" "),
      );
    }
  });

  test("reads a log or a configuration from the standard input", async () => {
    const log = await postmaster(["check", "-", "--format", "json"], {
      input: await readFile(path.join(FIXTURES, "mail.log")),
    });
    assert.deepEqual(
      findingsOf(log).map(({ file, id }) => `${file} ${id}`),
      ["- map-expansion-size", "- helo-not-fqdn"],
    );
    const main = await postmaster(["check", "-"], { input: "myhostname = a.example\nsmtpd_banner mail\n" });
    assert.match(main.out, /^-:2:1: error: .*\[missing-equals\]$/m);
    assert.equal(main.code, 1);
  });

  test("the cap limits what is listed of each kind, never what is counted", async (t) => {
    const folder = await scratch(t);
    const [, , reject = ""] = (await readFile(path.join(FIXTURES, "mail.log"), "utf8")).split("\n");
    const log = path.join(folder, "mail.log");
    await writeFile(log, `${reject}\n`.repeat(5));
    const capped = await postmaster(["check", log, "--cap", "2"]);
    assert.equal(capped.out.split("\n").filter((line) => line.startsWith(log)).length, 2);
    assert.match(capped.out, /^3 more: warning: The HELO name is not a full host name \[helo-not-fqdn\]$/m);
    assert.match(capped.out, /Found 5 warnings in 1 file\. 3 of them are not listed \(--cap 0 lists all\)\.\n$/);
    const all = await postmaster(["check", log, "--cap", "0", "--format", "json"]);
    assert.equal(findingsOf(all).length, 5);
  });

  test("people are shown five of a kind, programs a hundred", async (t) => {
    const folder = await scratch(t);
    const [, , reject = ""] = (await readFile(path.join(FIXTURES, "mail.log"), "utf8")).split("\n");
    const log = path.join(folder, "mail.log");
    await writeFile(log, `${reject}\n`.repeat(1234));
    const told = await postmaster(["check", log]);
    assert.equal(told.out.split("\n").filter((line) => line.startsWith(log)).length, 5);
    assert.match(told.out, /^1,229 more: /m);
    assert.equal(findingsOf(await postmaster(["check", log, "--format", "json"])).length, 100);
  });

  test("--config names the configuration that the fixes are for", async (t) => {
    const folder = await scratch(t);
    await writeFile(path.join(folder, "main.cf"), "virtual_alias_expansion_limit = 3000\n");
    const { out } = await postmaster(["check", "mail.log", "--config", folder]);
    assert.ok(out.includes("virtual_alias_expansion_limit = 4500 (now 3000)"), out);
    const byFile = await postmaster(["check", "mail.log", "--config", path.join(folder, "main.cf")]);
    assert.equal(byFile.out, out, "its main.cf names it as well");
    const wrong = await postmaster(["check", "mail.log", "--config", path.join(folder, "nowhere")]);
    assert.equal(wrong.code, 2);
  });

  test("--postfix-version says which parameters there are", async () => {
    const input = "smtp_tlsrpt_enable = yes\nmyhostname = a.example\n";
    const old = await postmaster(["check", "-", "--postfix-version", "3.7", "--format", "json"], { input });
    assert.deepEqual(
      findingsOf(old).map(({ id }) => id),
      ["unused-parameter"],
    );
    const now = await postmaster(["check", "-", "--format", "json"], { input });
    assert.deepEqual(findingsOf(now), []);
  });

  test("--table-types says which table types there are", async () => {
    const input = "virtual_alias_maps = pcre:/etc/postfix/virtual\nmyhostname = a.example\n";
    const types = (value: string) =>
      postmaster(["check", "-", "--table-types", value, "--format", "json"], { input }).then((ran) =>
        findingsOf(ran).map(({ id }) => id),
      );
    assert.deepEqual(await types("btree\nhash\ntexthash\n"), ["unknown-table-type"]);
    assert.deepEqual(await types("texthash, pcre"), []);
  });

  test("is SARIF 2.1.0 in shape", async () => {
    const { out } = await postmaster(["check", "main.cf", "--format", "sarif"]);
    const log: unknown = JSON.parse(out);
    assert.equal(dig(log, "version"), "2.1.0");
    const rules = listOf(dig(log, "runs", 0, "tool", "driver", "rules"));
    const ids = rules.map((rule) => dig(rule, "id"));
    assert.equal(new Set(ids).size, ids.length);
    for (const rule of rules) assert.match(String(dig(rule, "helpUri")), /^https:\/\//);

    const results = listOf(dig(log, "runs", 0, "results"));
    assert.deepEqual(
      results.map((result) => dig(result, "ruleId")),
      ["two-address-classes", "duplicate-parameter", "unused-parameter"],
    );
    for (const result of results) {
      assert.equal(ids[Number(dig(result, "ruleIndex"))], dig(result, "ruleId"));
      assert.ok(["error", "warning", "note"].includes(String(dig(result, "level"))));
      assert.equal(dig(result, "locations", 0, "physicalLocation", "artifactLocation", "uri"), "main.cf");
    }
    assert.deepEqual(dig(results[1], "locations", 0, "physicalLocation", "region"), {
      startLine: 7,
      startColumn: 1,
      endLine: 7,
      endColumn: 13,
      snippet: { text: "smtpd_banner = two" },
    });
    assert.deepEqual(dig(results[1], "fixes", 0, "artifactChanges"), [
      {
        artifactLocation: { uri: "main.cf" },
        replacements: [
          {
            deletedRegion: { startLine: 6, startColumn: 1, endLine: 6, endColumn: 1 },
            insertedContent: { text: "# " },
          },
        ],
      },
    ]);
  });
});
